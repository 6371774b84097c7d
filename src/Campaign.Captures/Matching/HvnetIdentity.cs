using System.Buffers.Binary;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>
/// HVNet's evaluation: the first 64 captured bytes; in IPv4 without options the checksums of IP, UDP and TCP are zeroed; the MAC addresses (12
/// bytes) are dropped. The TTL stays, so a device that counts it down matches nothing.
/// </summary>
/// <remarks>A raw IP or cooked packet is taken as if an Ethernet header had been in front of it, so the two kinds of capture match.</remarks>
internal sealed class HvnetIdentity : IdentityRule
{
    private const int Considered = 64;
    private const int MacAddresses = 12;

    public override string Name => "hvnet";

    public override int KeyLength => Considered - MacAddresses;

    public override int Identify(in Packet packet, Span<byte> key)
    {
        var length = packet.LinkType == LinkType.Ethernet ? FromEthernet(packet.Bytes, key)
            : FrameLayout.TrySkipLink(packet.Bytes, packet.LinkType, out var start) && start < packet.Bytes.Length ? FromIp(packet.Bytes[start..], key)
            : 0;
        ZeroChecksums(key[..length]);
        return length;
    }

    private static int FromEthernet(ReadOnlySpan<byte> bytes, Span<byte> key)
    {
        if (bytes.Length <= MacAddresses)
            return 0;

        var kept = bytes[MacAddresses..Math.Min(bytes.Length, Considered)];
        kept.CopyTo(key);
        return kept.Length;
    }

    private static int FromIp(ReadOnlySpan<byte> bytes, Span<byte> key)
    {
        BinaryPrimitives.WriteUInt16BigEndian(key, bytes[0] >> 4 == 6 ? (ushort)0x86DD : (ushort)0x0800);
        var kept = bytes[..Math.Min(bytes.Length, Considered - MacAddresses - 2)];
        kept.CopyTo(key[2..]);
        return kept.Length + 2;
    }

    /// <summary>Offsets are HVNet's, less the MAC addresses: IP checksum 24, UDP 40, TCP 50, protocol 23.</summary>
    private static void ZeroChecksums(Span<byte> key)
    {
        if (key.Length < 3 || key[0] != 0x08 || key[1] != 0x00 || key[2] != 0x45)
            return;

        Zero(key, 24);
        if (key.Length <= 23 - MacAddresses)
            return;
        if (key[23 - MacAddresses] == 17)
            Zero(key, 40);
        else if (key[23 - MacAddresses] == 6)
            Zero(key, 50);
    }

    private static void Zero(Span<byte> key, int frameOffset)
    {
        var at = Math.Min(frameOffset - MacAddresses, key.Length);
        key[at..Math.Min(at + 2, key.Length)].Clear();
    }
}
