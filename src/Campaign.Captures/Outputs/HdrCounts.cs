using System.Buffers.Binary;
using System.Collections.Immutable;
using System.IO.Compression;
using System.Numerics;

namespace Campaign.Captures.Outputs;

/// <summary>A distribution in the bins of an HdrHistogram of three digits, and its V2 encoding.</summary>
/// <remarks>
/// Layout after HdrHistogram 2.1, <c>AbstractHistogram.encodeIntoCompressedByteBuffer</c>: big-endian header, counts as ZigZag LEB128 of at most nine bytes,
/// a run of zeros as one negative number, packed with zlib.
/// </remarks>
internal static class HdrCounts
{
    private const int Digits = 3;
    private const int SubBuckets = 2048;
    private const int HalfMagnitude = 10;
    private const long Lowest = 1;
    private const int Cookie = 0x1c849303 | 0x10;
    private const int PackedCookie = 0x1c849304 | 0x10;
    private const int HeaderSize = 40;

    private const int MostBins = 54 * 1024;

    /// <summary>Every bin of 64 bits with a count of nine bytes.</summary>
    private const int LargestPayload = MostBins * 9;

    /// <summary>The largest latency that the file says it can hold, an hour in nanoseconds; a larger one raises it.</summary>
    private const long Highest = 3_600_000_000_000;

    /// <summary>The whole packed form.</summary>
    public static byte[] Encode(LatencyDistribution latencies)
    {
        using var packed = new MemoryStream();
        packed.Write(stackalloc byte[8]);
        using (var zlib = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            zlib.Write(Payload(latencies));
        var bytes = packed.ToArray();
        BinaryPrimitives.WriteInt32BigEndian(bytes, PackedCookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), bytes.Length - 8);
        return bytes;
    }

    /// <summary>The distribution of a packed form, each value in the middle of its bin.</summary>
    /// <param name="packed">As <see cref="Encode"/> or HdrHistogram 2.1 writes it, of three digits, with 1 as the lowest value.</param>
    /// <exception cref="FormatException">It is none, or it is damaged.</exception>
    public static LatencyDistribution Decode(byte[] packed)
    {
        if (packed.Length < 8 || BinaryPrimitives.ReadInt32BigEndian(packed) != PackedCookie)
            throw new FormatException("It is no packed V2 histogram.");
        try
        {
            using var zlib = new ZLibStream(new MemoryStream(packed, 8, packed.Length - 8), CompressionMode.Decompress);
            var header = new byte[HeaderSize];
            if (zlib.ReadAtLeast(header, HeaderSize, throwOnEndOfStream: false) < HeaderSize || BinaryPrimitives.ReadInt32BigEndian(header) != Cookie)
                throw new FormatException("It is no V2 histogram.");
            if (BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(12)) != Digits)
                throw new FormatException("Its precision is not three digits.");
            if (BinaryPrimitives.ReadInt64BigEndian(header.AsSpan(16)) != Lowest || BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(8)) != 0)
                throw new FormatException("Its bins do not begin at 1.");
            var length = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
            var counts = new byte[length is >= 0 and <= LargestPayload ? length : throw new FormatException("Its counts do not fit.")];
            return zlib.ReadAtLeast(counts, length, throwOnEndOfStream: false) == length ? ReadCounts(counts) : throw new FormatException("Its counts end too early.");
        }
        catch (Exception e) when (e is IOException or InvalidDataException)
        {
            throw new FormatException("Its packing is damaged.", e);
        }
    }

    /// <summary>Header and counts, before packing.</summary>
    public static byte[] Payload(LatencyDistribution latencies)
    {
        var counts = new List<byte>();
        WriteCounts(latencies, counts);
        var bytes = new byte[HeaderSize + counts.Count];
        BinaryPrimitives.WriteInt32BigEndian(bytes, Cookie);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4), counts.Count);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(12), Digits);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(16), Lowest);
        BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(24), latencies.Count == 0 ? Highest : Math.Max(Highest, latencies.Maximum));
        BinaryPrimitives.WriteDoubleBigEndian(bytes.AsSpan(32), 1.0);
        counts.CopyTo(bytes, HeaderSize);
        return bytes;
    }

    /// <summary>The bin that a value falls into.</summary>
    public static int IndexOf(long value)
    {
        var bucket = 64 - BitOperations.LeadingZeroCount((ulong)value | (SubBuckets - 1)) - (HalfMagnitude + 1);
        return (bucket << HalfMagnitude) + (int)(value >> bucket);
    }

    /// <summary>The largest value that falls into the same bin.</summary>
    public static long HighestEquivalent(long value)
    {
        var bucket = 64 - BitOperations.LeadingZeroCount((ulong)value | (SubBuckets - 1)) - (HalfMagnitude + 1);
        return (((value >> bucket) + 1) << bucket) - 1;
    }

    private static void WriteCounts(LatencyDistribution latencies, List<byte> bytes)
    {
        var (next, open, count) = (0, -1, 0L);
        for (var at = 0; at < latencies.Values.Length; at++)
        {
            var index = IndexOf(Math.Max(0, latencies.Values[at]));
            if (index != open && count > 0)
                Flush(bytes, ref next, open, count);
            count = index == open ? count + latencies.Counts[at] : latencies.Counts[at];
            open = index;
        }

        if (count > 0)
            Flush(bytes, ref next, open, count);
    }

    private static void Flush(List<byte> bytes, ref int next, int index, long count)
    {
        var zeros = index - next;
        if (zeros > 0)
            WriteNumber(bytes, zeros == 1 ? 0 : -zeros);
        WriteNumber(bytes, count);
        next = index + 1;
    }

    private static LatencyDistribution ReadCounts(ReadOnlySpan<byte> bytes)
    {
        var (values, counts) = (ImmutableArray.CreateBuilder<long>(), ImmutableArray.CreateBuilder<long>());
        var index = 0L;
        while (!bytes.IsEmpty)
        {
            var number = ReadNumber(ref bytes);
            if (number < 0)
                index = number > -MostBins ? index - number : throw new FormatException("A run of empty bins is too long.");
            else if (number > 0)
            {
                values.Add(Middle(index++));
                counts.Add(number);
            }
            else
                index++;
        }

        return new LatencyDistribution(values.DrainToImmutable(), counts.DrainToImmutable());
    }

    private static long Middle(long index)
    {
        var bucket = index < SubBuckets ? 0 : (int)((index >> HalfMagnitude) - 1);
        return index >= MostBins
            ? throw new FormatException("It counts values of more than 63 bits.")
            : ((index - ((long)bucket << HalfMagnitude)) << bucket) + ((1L << bucket) >> 1);
    }

    private static long ReadNumber(ref ReadOnlySpan<byte> bytes)
    {
        var number = 0UL;
        for (var read = 0; read < bytes.Length && read < 9; read++)
        {
            // The ninth byte has no continuation bit: all eight of its bits count.
            number |= (ulong)(read < 8 ? bytes[read] & 0x7F : bytes[read]) << (7 * read);
            if (read == 8 || bytes[read] < 0x80)
            {
                bytes = bytes[(read + 1)..];
                return (long)(number >> 1) ^ -(long)(number & 1);
            }
        }

        throw new FormatException("A count ends too early.");
    }

    private static void WriteNumber(List<byte> bytes, long value)
    {
        var number = (ulong)((value << 1) ^ (value >> 63));
        for (var written = 0; written < 8 && number >= 0x80; written++, number >>= 7)
            bytes.Add((byte)(number | 0x80));
        bytes.Add((byte)number);
    }
}
