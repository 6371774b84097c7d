using System.Runtime.Intrinsics;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>
/// What the records of a generator have in common: their lengths, and in 16 bytes what makes them UDP with a payload at a fixed place (type, IP version
/// and lengths, fragment offset, protocol). A record that has all that needs no parsing.
/// </summary>
internal sealed class RecordTemplate
{
    private const int Considered = 16;
    private const byte Udp = 17;

    private RecordTemplate(ulong sizes, int stride, int at, Vector128<byte> mask, Vector128<byte> expected, int idAt)
    {
        Sizes = sizes;
        Stride = stride;
        At = at;
        Mask = mask;
        Expected = expected;
        IdAt = idAt;
    }

    /// <summary>Captured and original length as they stand in the record header.</summary>
    public ulong Sizes { get; }

    /// <summary>Bytes of a whole record with its header.</summary>
    public int Stride { get; }

    /// <summary>Where in the record the considered bytes begin.</summary>
    public int At { get; }

    public Vector128<byte> Mask { get; }

    public Vector128<byte> Expected { get; }

    /// <summary>Where in the record the id stands; the marker follows it.</summary>
    public int IdAt { get; }

    /// <summary>What the packet's record looks like, if the records like it can be known by 16 bytes.</summary>
    public static RecordTemplate? Of(in Packet packet)
    {
        if (packet.LinkType is not (LinkType.Ethernet or LinkType.RawIp) || !FrameLayout.TryFindIp(packet.Bytes, packet.LinkType, out var start, out _)
            || !FrameLayout.TryFindPayload(packet, out var payload, out _) || packet.Bytes[start + (packet.Bytes[start] >> 4 == 4 ? 9 : 6)] != Udp)
            return null;

        var isEthernet = packet.LinkType == LinkType.Ethernet;
        var at = isEthernet ? 12 : 0;
        Span<byte> mask = stackalloc byte[Considered];
        if (isEthernet)
            MarkTypes(mask, start - at);
        var ip = start - at;
        var isV4 = packet.Bytes[start] >> 4 == 4;
        if (ip + (isV4 ? 10 : 7) > Considered || at + Considered > packet.Bytes.Length)
            return null;

        ReadOnlySpan<byte> fields = isV4 ? [0xFF, 0, 0xFF, 0xFF, 0, 0, 0x1F, 0xFF, 0, 0xFF] : [0xF0, 0, 0, 0, 0xFF, 0xFF, 0xFF];
        fields.CopyTo(mask[ip..]);
        var captured = packet.Bytes.Length;
        var masked = Vector128.Create<byte>(mask);
        return new RecordTemplate(
            (uint)captured | ((ulong)packet.OriginalLength << 32), RecordHeader.Size + captured, RecordHeader.Size + at,
            masked, Vector128.Create(packet.Bytes.Slice(at, Considered)) & masked, RecordHeader.Size + captured - payload.Length);
    }

    /// <summary>The EtherType and those of VLAN tags, but not what the tags say.</summary>
    private static void MarkTypes(Span<byte> mask, int ip)
    {
        for (var at = 0; at + 2 <= Math.Min(ip, mask.Length); at += 4)
            mask.Slice(at, 2).Fill(0xFF);
    }
}
