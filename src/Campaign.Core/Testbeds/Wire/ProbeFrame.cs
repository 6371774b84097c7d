using System.Buffers.Binary;
using System.Collections.Immutable;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// The Ethernet frame that a test packet would be on a cable. Loopback carries none, so the headers are composed: MAC addresses are locally administered, IP
/// addresses and ports are those that the packet was sent with. A layer-2 forwarder changes none of them, so the frame is the same before and behind it.
/// </summary>
/// <param name="size">Bytes of the frame with its check sequence, as sizes are quoted in the field.</param>
/// <param name="destination">The splitter's port.</param>
/// <param name="flows">The generator's ports; packet i is of flow i modulo their number.</param>
internal sealed class ProbeFrame(int size, int destination, ImmutableArray<int> flows)
{
    /// <summary>What is kept of a frame: headers and all of the payload that is not zero.</summary>
    private const int Captured = 96;

    private const int IpAt = 14;
    private const int UdpAt = IpAt + 20;
    /// <summary>Where the UDP payload begins.</summary>
    public const int PayloadAt = UdpAt + 8;

    private readonly byte[] _frame = Template(size, destination);

    public int PayloadLength { get; } = size - ProbePayload.Overhead;

    /// <summary>Bytes on the cable, without the check sequence, which captures do not hold.</summary>
    public int Length { get; } = size - 4;

    /// <summary>Bytes that captures keep.</summary>
    public int Kept => Math.Min(Captured, Length);

    /// <returns>The captured bytes, valid until the next call.</returns>
    public ReadOnlySpan<byte> Compose(long sequence, ReadOnlySpan<byte> payload)
    {
        var kept = _frame.AsSpan(0, Kept);
        payload[..(kept.Length - PayloadAt)].CopyTo(kept[PayloadAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(kept[(IpAt + 4)..], unchecked((ushort)sequence));
        BinaryPrimitives.WriteUInt16BigEndian(kept[UdpAt..], (ushort)flows[(int)(sequence % flows.Length)]);

        BinaryPrimitives.WriteUInt16BigEndian(kept[(IpAt + 10)..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(kept[(IpAt + 10)..], Checksum(kept.Slice(IpAt, 20), 0));

        BinaryPrimitives.WriteUInt16BigEndian(kept[(UdpAt + 6)..], 0);
        var pseudo = Sum(kept.Slice(IpAt + 12, 8)) + 17 + (uint)(8 + PayloadLength);
        var checksum = Checksum(kept[UdpAt..], pseudo);
        BinaryPrimitives.WriteUInt16BigEndian(kept[(UdpAt + 6)..], checksum == 0 ? (ushort)0xFFFF : checksum);
        return kept;
    }

    /// <returns>The whole frame, valid until the next call. What a capture does not keep of it is zero.</returns>
    public ReadOnlySpan<byte> ComposeWhole(long sequence, ReadOnlySpan<byte> payload)
    {
        Compose(sequence, payload);
        return _frame.AsSpan(0, Length);
    }

    private static byte[] Template(int size, int destination)
    {
        var frame = new byte[Math.Max(Captured, size)];
        ReadOnlySpan<byte> ethernet = [0x02, 0, 0, 0, 0, 0x02, 0x02, 0, 0, 0, 0, 0x01, 0x08, 0x00];
        ethernet.CopyTo(frame);
        ReadOnlySpan<byte> ip = [0x45, 0, 0, 0, 0, 0, 0x40, 0, 64, 17, 0, 0, 127, 0, 0, 1, 127, 255, 255, 255];
        ip.CopyTo(frame.AsSpan(IpAt));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(IpAt + 2), (ushort)(size - 4 - IpAt));
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(UdpAt + 2), (ushort)destination);
        BinaryPrimitives.WriteUInt16BigEndian(frame.AsSpan(UdpAt + 4), (ushort)(size - 4 - UdpAt));
        return frame;
    }

    /// <summary>RFC 1071. What was cut off is zero and adds nothing.</summary>
    private static ushort Checksum(ReadOnlySpan<byte> bytes, uint start)
    {
        var sum = Sum(bytes) + start;
        sum = (sum & 0xFFFF) + (sum >> 16);
        sum = (sum & 0xFFFF) + (sum >> 16);
        return (ushort)(~sum & 0xFFFF);
    }

    private static uint Sum(ReadOnlySpan<byte> bytes)
    {
        var sum = 0u;
        for (; bytes.Length > 1; bytes = bytes[2..])
            sum += BinaryPrimitives.ReadUInt16BigEndian(bytes);

        return bytes.Length == 1 ? sum + ((uint)bytes[0] << 8) : sum;
    }
}
