using System.Collections.Immutable;
using System.IO.Compression;

namespace Campaign.Captures;

/// <remarks>
/// As bytes: a version byte (1), then, packed with deflate: how many distinct values; each value as its difference from the one before; each
/// count. Numbers are LEB128, the first value zig-zag because a latency across two clocks may be negative.
/// </remarks>
public sealed partial class LatencyDistribution
{
    private const byte Version = 1;

    /// <summary>A compact form for storing; <see cref="FromBytes"/> reads it.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(Version);
        using (var packed = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        using (var numbers = new BinaryWriter(packed))
        {
            numbers.Write7BitEncodedInt64(Values.Length);
            for (var index = 0; index < Values.Length; index++)
                numbers.Write7BitEncodedInt64(index == 0 ? ZigZag(Values[0]) : Values[index] - Values[index - 1]);
            foreach (var count in Counts)
                numbers.Write7BitEncodedInt64(count);
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged or of a later version.</exception>
    public static LatencyDistribution FromBytes(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes[0] != Version)
            throw new InvalidDataException($"A stored latency distribution begins with {(bytes.IsEmpty ? "nothing" : bytes[0])}; this program reads version {Version}. It was written by a later version, or it is damaged: evaluate the captures again.");

        try
        {
            using var numbers = new BinaryReader(new DeflateStream(new MemoryStream(bytes[1..].ToArray()), CompressionMode.Decompress));
            return Read(numbers);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or InvalidDataException)
        {
            throw new InvalidDataException("A stored latency distribution is damaged. Evaluate the captures again.", e);
        }
    }

    private static LatencyDistribution Read(BinaryReader numbers)
    {
        var length = numbers.Read7BitEncodedInt64();
        var values = ImmutableArray.CreateBuilder<long>();
        for (var index = 0L; index < length; index++)
        {
            var number = numbers.Read7BitEncodedInt64();
            if (index > 0 && number <= 0)
                throw new InvalidDataException("Values do not ascend.");
            values.Add(index == 0 ? UnZigZag(number) : values[^1] + number);
        }

        var counts = ImmutableArray.CreateBuilder<long>(values.Count);
        for (var index = 0; index < values.Count; index++)
        {
            counts.Add(numbers.Read7BitEncodedInt64());
            if (counts[^1] <= 0)
                throw new InvalidDataException("A count is not positive.");
        }

        return new LatencyDistribution(values.DrainToImmutable(), counts.MoveToImmutable());
    }

    private static long ZigZag(long value) => (value << 1) ^ (value >> 63);

    private static long UnZigZag(long number) => (long)((ulong)number >> 1) ^ -(number & 1);
}
