using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>Bytes of the packet or of its payload, under a mask: whatever somebody's generator numbers its packets by.</summary>
internal sealed class ByteRangeIdentity(ByteRange range) : IdentityRule
{
    public override string Name => range.ToString();

    public override int KeyLength => range.Length;

    public override int Identify(in Packet packet, Span<byte> key)
    {
        if (!range.OfPayload)
            return Take(packet.Bytes, key);
        return FrameLayout.TryFindPayload(packet, out var payload, out _) ? Take(payload, key) : 0;
    }

    private int Take(ReadOnlySpan<byte> from, Span<byte> key)
    {
        if (from.Length < range.Offset + range.Length)
            return 0;

        from.Slice(range.Offset, range.Length).CopyTo(key);
        for (var at = 0; at < range.Mask.Length; at++)
            key[at] &= range.Mask[at];
        return range.Length;
    }
}
