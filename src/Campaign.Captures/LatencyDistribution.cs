using System.Collections.Immutable;

namespace Campaign.Captures;

/// <summary>
/// Every latency of a trial, exactly: distinct values in ascending order, each with its count. Nothing is binned, so a
/// percentile is an order statistic of all packets.
/// </summary>
/// <remarks>
/// Percentiles are nearest rank: the smallest value whose cumulative count is at least ceil(p·N), at least 1
/// (SQL's <c>percentile_disc</c>, type 1 of Hyndman and Fan 1996).
/// </remarks>
public sealed partial class LatencyDistribution
{
    /// <summary>A cumulative count is kept for each so many values: as many again as values would be half of a large distribution.</summary>
    private const int Stride = 64;

    private readonly long[] _cumulative;

    /// <param name="values">Nanoseconds, strictly ascending.</param>
    /// <param name="counts">Packets with that latency, each at least 1; as long as <paramref name="values"/>.</param>
    public LatencyDistribution(ImmutableArray<long> values, ImmutableArray<long> counts)
    {
        Values = values;
        Counts = counts;
        _cumulative = new long[(counts.Length + Stride - 1) / Stride];
        for (var index = 0; index < counts.Length; index++)
        {
            Count += counts[index];
            _cumulative[index / Stride] = Count;
        }
    }

    /// <summary>Distinct latencies in nanoseconds, ascending.</summary>
    public ImmutableArray<long> Values { get; }

    /// <summary>How often each of <see cref="Values"/> occurred.</summary>
    public ImmutableArray<long> Counts { get; }

    /// <summary>All packets with a latency.</summary>
    public long Count { get; }

    /// <summary>The smallest latency in nanoseconds.</summary>
    public long Minimum => RequireAny().Values[0];

    /// <summary>The largest latency in nanoseconds.</summary>
    public long Maximum => RequireAny().Values[^1];

    /// <summary>Arithmetic mean in nanoseconds, of the exact sum.</summary>
    public double Mean
    {
        get
        {
            var sum = (Int128)0;
            for (var index = 0; index < RequireAny().Values.Length; index++)
                sum += (Int128)Values[index] * Counts[index];
            return (double)sum / Count;
        }
    }

    /// <summary>Sample standard deviation (divisor N − 1) in nanoseconds; 0 for one packet.</summary>
    public double StandardDeviation
    {
        get
        {
            var mean = Mean;
            var squares = 0.0;
            for (var index = 0; index < Values.Length; index++)
                squares += Counts[index] * (Values[index] - mean) * (Values[index] - mean);
            return Count == 1 ? 0 : Math.Sqrt(squares / (Count - 1));
        }
    }

    /// <summary>Counts samples.</summary>
    /// <param name="samples">Nanoseconds in any order; sorted in place.</param>
    public static LatencyDistribution FromSamples(Span<long> samples)
    {
        samples.Sort();
        var values = ImmutableArray.CreateBuilder<long>();
        var counts = ImmutableArray.CreateBuilder<long>();
        for (var start = 0; start < samples.Length;)
        {
            var rest = samples[start..];
            var run = rest.IndexOfAnyExcept(rest[0]);
            run = run < 0 ? rest.Length : run;
            values.Add(rest[0]);
            counts.Add(run);
            start += run;
        }

        return new LatencyDistribution(values.DrainToImmutable(), counts.DrainToImmutable());
    }

    /// <summary>One distribution of all packets of several trials.</summary>
    public static LatencyDistribution Merge(IEnumerable<LatencyDistribution> parts)
    {
        LatencyDistribution[] open = [.. parts.Where(part => part.Count > 0)];
        var at = new int[open.Length];
        var (values, counts) = (ImmutableArray.CreateBuilder<long>(), ImmutableArray.CreateBuilder<long>());
        while (true)
        {
            var (next, any) = (long.MaxValue, false);
            for (var part = 0; part < open.Length; part++)
            {
                if (at[part] < open[part].Values.Length)
                    (next, any) = (Math.Min(next, open[part].Values[at[part]]), true);
            }

            if (!any)
                return new LatencyDistribution(values.DrainToImmutable(), counts.DrainToImmutable());
            values.Add(next);
            counts.Add(0);
            for (var part = 0; part < open.Length; part++)
            {
                if (at[part] < open[part].Values.Length && open[part].Values[at[part]] == next)
                    counts[^1] += open[part].Counts[at[part]++];
            }
        }
    }

    /// <summary>The latency in nanoseconds that a share <paramref name="p"/> of all packets does not exceed.</summary>
    /// <param name="p">0 to 1; 0.999 is the 99.9th percentile.</param>
    /// <exception cref="InvalidOperationException">There is no packet.</exception>
    public long Percentile(double p)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(p);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(p, 1);
        var rank = Rank(p, RequireAny().Count);
        var block = Array.BinarySearch(_cumulative, rank);
        block = block < 0 ? ~block : block;
        var index = block * Stride;
        for (var passed = (block == 0 ? 0 : _cumulative[block - 1]) + Counts[index]; passed < rank; passed += Counts[index])
            index++;
        return Values[index];
    }

    /// <summary>ceil(p·N) as PostgreSQL computes it, in IEEE double; at least 1.</summary>
    internal static long Rank(double p, long count) => Math.Max(1, Math.Min((long)Math.Ceiling(p * count), count));

    private LatencyDistribution RequireAny() =>
        Count > 0 ? this : throw new InvalidOperationException("A distribution without packets has no percentiles, mean or extremes. Look at Count first.");
}
