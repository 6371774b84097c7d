using System.Buffers.Binary;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// The UDP payload of a test packet. MoonSniff's layout first, then what there is room for:
/// <list type="table">
/// <item><term>0</term><description>u32 LE, id: the sequence modulo 2^32</description></item>
/// <item><term>4</term><description>0x55, MoonSniff's marker</description></item>
/// <item><term>5</term><description>u64 LE, sequence, from 0</description></item>
/// <item><term>13</term><description>i64 LE, intended time of departure in nanoseconds since 1970 (frames of 67 bytes and more)</description></item>
/// </list>
/// The rest is zero.
/// </summary>
internal static class ProbePayload
{
    /// <summary>Ethernet, IPv4 and UDP headers, and the frame check sequence.</summary>
    public const int Overhead = 14 + 20 + 8 + 4;

    private const byte Marker = 0x55;
    private const int SequenceAt = 5;
    private const int IntendedAt = 13;
    private const int Whole = 21;

    public static void Write(Span<byte> payload, long sequence, long intended)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(payload, unchecked((uint)sequence));
        payload[4] = Marker;
        BinaryPrimitives.WriteInt64LittleEndian(payload[SequenceAt..], sequence);
        if (payload.Length >= Whole)
            BinaryPrimitives.WriteInt64LittleEndian(payload[IntendedAt..], intended);
    }

    /// <returns>Whether this is a test packet of the given length.</returns>
    public static bool TryRead(ReadOnlySpan<byte> payload, int length, out long sequence)
    {
        sequence = 0;
        if (payload.Length != length || payload[4] != Marker)
            return false;

        sequence = BinaryPrimitives.ReadInt64LittleEndian(payload[SequenceAt..]);
        return unchecked((uint)sequence) == BinaryPrimitives.ReadUInt32LittleEndian(payload);
    }
}
