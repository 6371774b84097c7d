using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Captures;

namespace Campaign.Analysis;

/// <summary>
/// How well one trial knows its own percentiles. It says nothing of another trial, which differs by more; but a single run has nothing else, and where the two intervals are far
/// apart, a few stalls decide.
/// </summary>
/// <param name="Measure">A percentile.</param>
/// <param name="Value">Nanoseconds.</param>
/// <param name="Independent">95 % interval if packets were independent; infinite above where there are too few.</param>
/// <param name="Blocks">95 % interval by drawing stretches of seconds, from bins a thousandth wide.</param>
/// <param name="Block">Seconds in a stretch.</param>
internal sealed record WithinRun(Measure Measure, double Value, (double Low, double High) Independent, (long Low, long High) Blocks, int Block)
{
    private const double Confidence = 0.95;
    private const int SecondsAtLeast = 5;

    private static readonly ImmutableArray<Measure> Stated = [.. new[] { "p50", "p99", "p99.9", "p99.99", "p99.999" }.Select(Measure.Named)];

    /// <param name="trial">With an evaluation.</param>
    /// <param name="seconds">Latencies of each of its seconds.</param>
    /// <param name="seed">Of the sweep.</param>
    /// <returns>One for each percentile that the trial states; none below five seconds.</returns>
    public static ImmutableArray<WithinRun> Of(TrialAnalysis trial, ImmutableArray<LatencyDistribution> seconds, long seed)
    {
        ImmutableArray<Measure> measures = [.. Stated.Where(m => trial.FigureOf(m) is not null)];
        LatencyDistribution[] busy = [.. seconds.Where(s => s.Count > 0)];
        if (measures.IsEmpty || busy.Length < SecondsAtLeast)
        {
            return [];
        }

        // The length of blocks follows from how the tail of one second depends on that of the one before.
        var tails = busy.Select(s => Math.Log(Math.Max(1, s.Percentile(0.99)))).ToArray();
        var block = Math.Max(1, (int)Math.Round(BlockLength.Of(tails).Circular));
        var blocks = BlockBootstrap.Intervals(busy, [.. measures.Select(m => m.Percentile!.Value)], block, Confidence, seed);
        return [.. measures.Zip(blocks, (m, b) => new WithinRun(m, trial.FigureOf(m)!.Value, Order(trial.Evaluation!.Latencies, m.Percentile!.Value), b, block))];
    }

    private static (double Low, double High) Order(LatencyDistribution latencies, double p)
    {
        var interval = QuantileInterval.Of(latencies.Count, p, Confidence);
        return (At(latencies, interval.Lower) ?? 0, At(latencies, interval.Upper) ?? double.PositiveInfinity);
    }

    private static double? At(LatencyDistribution latencies, long rank) =>
        rank < 1 || rank > latencies.Count ? null : latencies.Percentile(Math.Min(1, (rank - 0.5) / latencies.Count));
}
