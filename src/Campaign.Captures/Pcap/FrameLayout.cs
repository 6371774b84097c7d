using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>Where things are in a packet.</summary>
internal static class FrameLayout
{
    private const int EtherTypeIPv4 = 0x0800;
    private const int EtherTypeIPv6 = 0x86DD;
    private const byte Tcp = 6;
    private const byte Udp = 17;
    private const byte IPv6Fragment = 44;

    /// <summary>Finds the IP header behind Ethernet and VLAN tags, or a cooked header.</summary>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="linkType">What they begin with.</param>
    /// <param name="start">Offset of the IP header.</param>
    /// <param name="length">Length of the IP packet by its own header.</param>
    /// <returns>False for other protocols, for a header that was not captured, and for packets that a NIC has yet to split (length 0).</returns>
    public static bool TryFindIp(ReadOnlySpan<byte> bytes, LinkType linkType, out int start, out int length)
    {
        length = 0;
        if (!TrySkipLink(bytes, linkType, out start) || start >= bytes.Length)
            return false;

        var ip = bytes[start..];
        if (ip.Length >= 20 && ip[0] >> 4 == 4)
            length = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        else if (ip.Length >= 40 && ip[0] >> 4 == 6 && BinaryPrimitives.ReadUInt16BigEndian(ip[4..]) is var payload and > 0)
            length = 40 + payload;
        return length > 0;
    }

    /// <summary>The captured part of what UDP or TCP carry, and their ports; false for other packets, and for fragments but the first.</summary>
    public static bool TryFindPayload(in Packet packet, out ReadOnlySpan<byte> payload, out ReadOnlySpan<byte> ports)
    {
        payload = ports = default;
        if (!TryFindIp(packet.Bytes, packet.LinkType, out var start, out _))
            return false;

        var ip = packet.Bytes[start..];
        if (!TryFindTransport(ip, out var transport, out var protocol) || ip.Length < transport + 8)
            return false;

        var header = protocol == Udp ? 8 : ip.Length < transport + 20 ? int.MaxValue : (ip[transport + 12] >> 4) * 4;
        if (header > ip.Length - transport || (protocol == Tcp && header < 20))
            return false;
        payload = ip[(transport + header)..];
        ports = ip.Slice(transport, 4);
        return true;
    }

    /// <summary>Bytes of the link's header, 0 for raw IP; false for what does not carry IP.</summary>
    public static bool TrySkipLink(ReadOnlySpan<byte> bytes, LinkType linkType, out int start)
    {
        start = 0;
        switch (linkType)
        {
            case LinkType.RawIp:
                return true;
            case LinkType.Ethernet:
                start = 14;
                return TrySkipTags(bytes, 12, ref start);
            case LinkType.LinuxCooked:
                start = 16;
                return TrySkipTags(bytes, 14, ref start);
            case LinkType.LinuxCooked2:
                start = 20;
                return bytes.Length >= 2 && IsIp(BinaryPrimitives.ReadUInt16BigEndian(bytes));
            default:
                return false;
        }
    }

    private static bool TryFindTransport(ReadOnlySpan<byte> ip, out int start, out byte protocol)
    {
        if (ip[0] >> 4 == 4)
        {
            (start, protocol) = ((ip[0] & 0xF) * 4, ip[9]);
            return start >= 20 && protocol is Udp or Tcp && (BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x1FFF) == 0;
        }

        (start, protocol) = (40, ip[6]);
        while (protocol is 0 or 43 or 60 or IPv6Fragment && ip.Length >= start + 8)
        {
            if (protocol == IPv6Fragment && BinaryPrimitives.ReadUInt16BigEndian(ip[(start + 2)..]) >> 3 != 0)
                return false;
            var size = protocol == IPv6Fragment ? 8 : (ip[start + 1] + 1) * 8;
            (protocol, start) = (ip[start], start + size);
        }

        return protocol is Udp or Tcp;
    }

    private static bool TrySkipTags(ReadOnlySpan<byte> bytes, int type, ref int start)
    {
        for (; bytes.Length >= start; type += 4, start += 4)
        {
            var etherType = BinaryPrimitives.ReadUInt16BigEndian(bytes[type..]);
            if (etherType is not (0x8100 or 0x88A8 or 0x9100))
                return IsIp(etherType);
        }

        return false;
    }

    private static bool IsIp(int etherType) => etherType is EtherTypeIPv4 or EtherTypeIPv6;
}
