using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>Where things are in a packet.</summary>
internal static class FrameLayout
{
    private const int EtherTypeIPv4 = 0x0800;
    private const int EtherTypeIPv6 = 0x86DD;
    private const byte Udp = 17;

    /// <summary>Finds the IP header behind Ethernet and VLAN tags.</summary>
    /// <param name="bytes">The captured bytes.</param>
    /// <param name="linkType">What they begin with.</param>
    /// <param name="start">Offset of the IP header.</param>
    /// <param name="length">Length of the IP packet by its own header.</param>
    /// <returns>False for other protocols, for a header that was not captured, and for packets that a NIC has yet to split (length 0).</returns>
    public static bool TryFindIp(ReadOnlySpan<byte> bytes, LinkType linkType, out int start, out int length)
    {
        start = length = 0;
        if (linkType == LinkType.Ethernet && !TrySkipEthernet(bytes, out start))
            return false;

        var ip = bytes[start..];
        if (ip.Length >= 20 && ip[0] >> 4 == 4)
            length = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]);
        else if (ip.Length >= 40 && ip[0] >> 4 == 6 && BinaryPrimitives.ReadUInt16BigEndian(ip[4..]) is var payload and > 0)
            length = 40 + payload;
        return length > 0;
    }

    /// <summary>The captured part of the UDP payload; false when the packet is no UDP, or not the first fragment.</summary>
    public static bool TryFindUdpPayload(in Packet packet, out ReadOnlySpan<byte> payload)
    {
        payload = default;
        if (!TryFindIp(packet.Bytes, packet.LinkType, out var start, out _))
            return false;

        var ip = packet.Bytes[start..];
        var isV4 = ip[0] >> 4 == 4;
        var headers = (isV4 ? (ip[0] & 0xF) * 4 : 40) + 8;
        var fragmentOffset = isV4 ? BinaryPrimitives.ReadUInt16BigEndian(ip[6..]) & 0x1FFF : 0;
        if (ip[isV4 ? 9 : 6] != Udp || fragmentOffset != 0 || ip.Length < headers)
            return false;

        payload = ip[headers..];
        return true;
    }

    private static bool TrySkipEthernet(ReadOnlySpan<byte> bytes, out int start)
    {
        start = 14;
        while (bytes.Length >= start)
        {
            var type = BinaryPrimitives.ReadUInt16BigEndian(bytes[(start - 2)..]);
            if (type is not (0x8100 or 0x88A8))
                return type is EtherTypeIPv4 or EtherTypeIPv6;
            start += 4;
        }

        return false;
    }
}
