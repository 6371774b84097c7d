using System.Buffers.Binary;

namespace Campaign.Testing;

/// <summary>
/// Ethernet, IPv4 and UDP headers around a payload, with valid checksums: what a packet looks like that was captured on a wire.
/// </summary>
public sealed record UdpFrame
{
    /// <summary>Bytes in front of the payload: Ethernet 14, IPv4 20, UDP 8.</summary>
    public const int HeaderLength = 42;

    /// <summary>The flow of captures that are made for tests and benchmarks: 10.0.0.10 port 1024 to 192.168.1.2 port 23432.</summary>
    public static UdpFrame Flow { get; } = new()
    {
        SourceMac = 0x525400_000001,
        DestinationMac = 0x525400_000002,
        SourceAddress = 0x0A00000A,
        DestinationAddress = 0xC0A80102,
        SourcePort = 1024,
        DestinationPort = 23432,
    };

    /// <summary>48 bits.</summary>
    public required ulong SourceMac { get; init; }

    /// <summary>48 bits.</summary>
    public required ulong DestinationMac { get; init; }

    /// <summary>IPv4 address as a number: 0x0A00000A is 10.0.0.10.</summary>
    public required uint SourceAddress { get; init; }

    /// <summary>IPv4 address as a number.</summary>
    public required uint DestinationAddress { get; init; }

    /// <summary>UDP port.</summary>
    public required ushort SourcePort { get; init; }

    /// <summary>UDP port.</summary>
    public required ushort DestinationPort { get; init; }

    /// <summary>Hops the packet may still take.</summary>
    public byte TimeToLive { get; init; } = 64;

    /// <summary>Writes a whole frame, without preamble, padding and FCS; a payload of 18 bytes or more needs no padding.</summary>
    /// <param name="frame">At least <see cref="HeaderLength"/> + payload bytes.</param>
    /// <param name="identification">The IPv4 header's; MoonSniff takes the lower half of the packet's id.</param>
    /// <param name="payload">At most 65 507 bytes; may be empty, and may already be in its place in <paramref name="frame"/>.</param>
    /// <returns>The frame's length.</returns>
    public int Compose(Span<byte> frame, ushort identification, ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, 65_507);
        payload.CopyTo(frame[HeaderLength..]);
        BinaryPrimitives.WriteUInt64BigEndian(frame, (DestinationMac << 16) | (SourceMac >> 32));
        BinaryPrimitives.WriteUInt32BigEndian(frame[8..], (uint)SourceMac);
        BinaryPrimitives.WriteUInt16BigEndian(frame[12..], 0x0800);
        WriteIp(frame[14..34], identification, 28 + payload.Length);
        WriteUdp(frame.Slice(34, 8 + payload.Length));
        return HeaderLength + payload.Length;
    }

    private void WriteIp(Span<byte> ip, ushort identification, int length)
    {
        ip.Clear();
        ip[0] = 0x45;
        BinaryPrimitives.WriteUInt16BigEndian(ip[2..], (ushort)length);
        BinaryPrimitives.WriteUInt16BigEndian(ip[4..], identification);
        ip[8] = TimeToLive;
        ip[9] = 17;
        BinaryPrimitives.WriteUInt32BigEndian(ip[12..], SourceAddress);
        BinaryPrimitives.WriteUInt32BigEndian(ip[16..], DestinationAddress);
        BinaryPrimitives.WriteUInt16BigEndian(ip[10..], Checksum(ip, 0));
    }

    private void WriteUdp(Span<byte> udp)
    {
        BinaryPrimitives.WriteUInt16BigEndian(udp, SourcePort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[2..], DestinationPort);
        BinaryPrimitives.WriteUInt16BigEndian(udp[4..], (ushort)udp.Length);
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], 0);
        var pseudoHeader = (SourceAddress >> 16) + (SourceAddress & 0xFFFF) + (DestinationAddress >> 16) + (DestinationAddress & 0xFFFF) + 17 + (uint)udp.Length;
        var checksum = Checksum(udp, pseudoHeader);

        // 0 would say that there is no checksum (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(udp[6..], checksum == 0 ? (ushort)0xFFFF : checksum);
    }

    /// <summary>The Internet checksum, RFC 1071.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint sum)
    {
        for (; bytes.Length >= 2; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);
        if (bytes.Length == 1)
            sum += (uint)bytes[0] << 8;
        while (sum > 0xFFFF)
            sum = (sum >> 16) + (sum & 0xFFFF);
        return (ushort)~sum;
    }
}
