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
    /// <param name="values">Nanoseconds, strictly ascending.</param>
    /// <param name="counts">Packets with that latency, each at least 1; as long as <paramref name="values"/>.</param>
    public LatencyDistribution(ImmutableArray<long> values, ImmutableArray<long> counts)
    {
        Values = values;
        Counts = counts;
        foreach (var count in counts)
        {
            Count += count;
        }
    }

    /// <summary>Distinct latencies in nanoseconds, ascending.</summary>
    public ImmutableArray<long> Values { get; }

    /// <summary>How often each of <see cref="Values"/> occurred.</summary>
    public ImmutableArray<long> Counts { get; }

    /// <summary>All packets with a latency.</summary>
    public long Count { get; }
}
