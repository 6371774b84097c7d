using System.Collections.Immutable;
using System.IO.Compression;

namespace Campaign.Captures;

public sealed partial class LatencyDistribution
{
    private const byte FormatVersion = 1;

    /// <summary>Nothing measured.</summary>
    public static LatencyDistribution Empty { get; } = new([], []);

    /// <summary>Arithmetic mean in nanoseconds; 0 when empty.</summary>
    public double Mean => Count == 0 ? 0 : Values.Zip(Counts, (v, c) => (double)v * c).Sum() / Count;

    /// <summary>Standard deviation of the population in nanoseconds; 0 when empty.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            return Count == 0 ? 0 : Math.Sqrt(Values.Zip(Counts, (v, c) => (v - mean) * (v - mean) * c).Sum() / Count);
        }
    }

    /// <summary>The order statistic of rank ceil(p·N), computed as an IEEE double, at least 1.</summary>
    /// <param name="fraction">0 to 1.</param>
    /// <exception cref="InvalidOperationException">The distribution is empty.</exception>
    public long Percentile(double fraction)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(fraction);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(fraction, 1);
        if (Count == 0)
        {
            throw new InvalidOperationException("An empty distribution has no percentiles.");
        }

        var rank = Math.Clamp((long)Math.Ceiling(fraction * Count), 1, Count);
        var seen = 0L;
        for (var i = 0; ; i++)
        {
            seen += Counts[i];
            if (seen >= rank)
            {
                return Values[i];
            }
        }
    }

    /// <summary>Counts latencies in any order.</summary>
    public static LatencyDistribution Of(IEnumerable<long> latencies)
    {
        var sorted = latencies.ToArray();
        Array.Sort(sorted);
        var values = ImmutableArray.CreateBuilder<long>();
        var counts = ImmutableArray.CreateBuilder<long>();
        foreach (var latency in sorted)
        {
            if (values.Count > 0 && values[^1] == latency)
            {
                counts[^1]++;
            }
            else
            {
                values.Add(latency);
                counts.Add(1);
            }
        }

        return new LatencyDistribution(values.ToImmutable(), counts.ToImmutable());
    }

    /// <summary>A compact form for storage: a version byte, then deflated pairs of (difference of values, count) as LEB128.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(FormatVersion);
        using (var deflate = new DeflateStream(bytes, CompressionLevel.Optimal, leaveOpen: true))
        {
            using var plain = new BufferedStream(deflate, 1 << 16);
            Write(plain, (ulong)Values.Length);
            var last = 0L;
            for (var i = 0; i < Values.Length; i++)
            {
                Write(plain, ZigZag(Values[i] - last));
                Write(plain, (ulong)Counts[i]);
                last = Values[i];
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another version or damaged.</exception>
    public static LatencyDistribution FromBytes(byte[] bytes)
    {
        if (bytes is not [FormatVersion, ..])
        {
            throw new InvalidDataException($"The stored distribution has format {(bytes.Length == 0 ? "nothing" : bytes[0])}; this version reads format {FormatVersion}.");
        }

        using var plain = new BufferedStream(new DeflateStream(new MemoryStream(bytes, 1, bytes.Length - 1), CompressionMode.Decompress), 1 << 16);
        var length = (int)Read(plain);
        var values = ImmutableArray.CreateBuilder<long>(length);
        var counts = ImmutableArray.CreateBuilder<long>(length);
        var last = 0L;
        for (var i = 0; i < length; i++)
        {
            last += UnZigZag(Read(plain));
            values.Add(last);
            counts.Add((long)Read(plain));
        }

        return new LatencyDistribution(values.MoveToImmutable(), counts.MoveToImmutable());
    }

    private static ulong ZigZag(long value) => (ulong)((value << 1) ^ (value >> 63));

    private static long UnZigZag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);

    private static void Write(Stream stream, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            stream.WriteByte((byte)(value | 0x80));
        }

        stream.WriteByte((byte)value);
    }

    private static ulong Read(Stream stream)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = stream.ReadByte();
            if (next < 0)
            {
                break;
            }

            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("The stored distribution breaks off or is damaged.");
    }
}
