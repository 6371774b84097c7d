using System.Buffers.Binary;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>MoonSniff's generator writes a 32-bit id (little-endian) at the start of the payload and behind it the marker 0x55.</summary>
internal sealed class MoonsniffIdentity : IdentityRule
{
    private const byte Marker = 0x55;

    private static readonly MoonsniffIdentity Rule = new();

    public override string Name => "moonsniff";

    public override int KeyLength => 4;

    public override int Identify(in Packet packet, Span<byte> key)
    {
        if (packet.LinkType == LinkType.MoonsniffId)
        {
            packet.Bytes.CopyTo(key);
            return 4;
        }

        if (!FrameLayout.TryFindPayload(packet, out var payload, out _) || payload.Length < 5 || payload[4] != Marker)
            return 0;

        payload[..4].CopyTo(key);
        return 4;
    }

    /// <summary>The id as a number.</summary>
    public static bool TryRead(in Packet packet, out uint id)
    {
        Span<byte> key = stackalloc byte[4];
        var found = Rule.Identify(packet, key) > 0;
        id = BinaryPrimitives.ReadUInt32LittleEndian(key);
        return found;
    }
}
