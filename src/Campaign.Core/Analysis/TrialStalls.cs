using System.Collections.Immutable;
using Campaign.Captures;

namespace Campaign.Analysis;

/// <summary>Packets of a trial that waited together, among the worst ones.</summary>
internal static class TrialStalls
{
    private const int Core = 5;
    private const int Edge = 4;
    private const int Gap = 2;
    private const int Handful = 20;
    private const double Pause = 1e6;

    /// <summary>
    /// All stalls, in the order of time; times as in the captures. A stall has a latency that is farther above the median than five times p99 is, and is made of
    /// all that are farther than four times, less than a millisecond apart.
    /// </summary>
    public static ImmutableArray<Stall> Of(LatencyEvaluation evaluation) =>
        Bound(evaluation, Core) is { } core ? [.. Joined(Stall.Find(evaluation.Worst, Bound(evaluation, Edge)!.Value)).Where(s => s.Longest >= core)] : [];

    /// <summary>Those above the widest gap, in terms of ratio, between the sizes of stalls: at most twenty, and at least twice as long as the others; otherwise none.</summary>
    public static ImmutableArray<Stall> Outstanding(LatencyEvaluation evaluation)
    {
        var all = Of(evaluation);
        if (all.IsEmpty || Bound(evaluation, Core) is not > 0)
            return [];

        long[] sizes = [Bound(evaluation, Core)!.Value, .. all.Select(s => s.Longest).Order()];
        var first = Math.Max(1, sizes.Length - Handful);
        var widest = Enumerable.Range(first, sizes.Length - first).MaxBy(i => (double)sizes[i] / sizes[i - 1]);
        return sizes[widest] < (double)Gap * sizes[widest - 1] ? [] : [.. all.Where(s => s.Longest >= sizes[widest])];
    }

    private static long? Bound(LatencyEvaluation evaluation, int distance) => evaluation.Latencies is { Count: > 0 } latencies
        ? (long)Math.Min(long.MaxValue / 2, latencies.Percentile(0.5) + (distance * ((double)latencies.Percentile(0.99) - latencies.Percentile(0.5))))
        : null;

    private static ImmutableArray<Stall> Joined(ImmutableArray<Stall> stalls)
    {
        var joined = ImmutableArray.CreateBuilder<Stall>();
        foreach (var stall in stalls)
        {
            if (joined.Count > 0 && (double)stall.Begin - joined[^1].End < Pause)
            {
                var open = joined[^1];
                joined[^1] = new Stall(open.Begin, Math.Max(open.End, stall.End), Math.Max(open.Longest, stall.Longest), open.Packets + stall.Packets);
            }
            else
            {
                joined.Add(stall);
            }
        }

        return joined.ToImmutable();
    }
}
