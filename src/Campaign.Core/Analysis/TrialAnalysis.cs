using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>A finished trial with its figures.</summary>
/// <param name="Trial">As stored.</param>
/// <param name="Position">0-based place in the order of execution.</param>
/// <param name="Figures">In nanoseconds, indexed as <see cref="Measure.All"/>; null where the trial has too few packets for the figure.</param>
internal sealed record TrialAnalysis(StoredTrial Trial, int Position, ImmutableArray<double?> Figures)
{
    public string Id => Trial.Header.Id;

    public int Repeat => Trial.Header.Repeat;

    public TrialState State => Trial.Result.State;

    public TrialMeasurement? Measurement => Trial.Result.Measurement;

    public LatencyEvaluation? Evaluation => Measurement?.Evaluation;

    /// <summary>Whether its numbers go into those of its cell: it was measured, and the testbed was in the asked-for state.</summary>
    public bool Counts => State is TrialState.Ok or TrialState.Degraded && Evaluation is not null;

    /// <summary>Whether what was recorded in it goes into that of its cell: it counts, or has no latencies but figures of its own.</summary>
    public bool Records => State is TrialState.Ok or TrialState.Degraded && (Evaluation is not null || !Trial.Result.Metrics.IsEmpty);

    /// <summary>
    /// Whether it may be held against others: it counts, and hardly any packet behind the device is without a latency. Where more than 1 % are, nobody knows what p99 is.
    /// </summary>
    public bool Compares => Counts && Evaluation!.UnmatchedPost * 100 <= Evaluation.Post.Packets;

    /// <summary>Offered rate against the asked one: 0.02 is 2 % more; null when nothing was measured, or nobody knows the rate.</summary>
    public double? RateError =>
        Measurement is { Evaluation.Pre.Packets: > 1, Asked.Rate: > 0 } m && m.Knows(Unknown.Counts) ? (m.Evaluation.Pre.PacketsPerSecond / m.Asked.Rate) - 1 : null;

    /// <summary>Lost packets as a share of those seen before the device; null when there were none, or nobody counted.</summary>
    public double? Loss => Known(Unknown.Counts) is { Pre.Packets: > 0 } e ? (double)e.Lost / e.Pre.Packets : null;

    /// <summary>The evaluation, for a figure of it that is known; otherwise null.</summary>
    /// <param name="figure">A name of <see cref="Unknown"/>.</param>
    public LatencyEvaluation? Known(string figure) => Measurement?.Knows(figure) == true ? Evaluation : null;

    /// <summary>As <see cref="TrialStalls.Of"/> finds them.</summary>
    public ImmutableArray<Stall> Stalls => Evaluation is { } evaluation ? TrialStalls.Of(evaluation) : [];

    /// <summary>As <see cref="TrialStalls.Outstanding"/> finds them.</summary>
    public ImmutableArray<Stall> LargeStalls => Evaluation is { } evaluation ? TrialStalls.Outstanding(evaluation) : [];

    /// <summary>The largest percentile that may be claimed, within [0, 1).</summary>
    public double Supportable => OrderStatistics.Supportable(Evaluation?.Latencies.Count ?? 0);

    public static TrialAnalysis Of(StoredTrial trial, int position)
    {
        return new TrialAnalysis(trial, position, [.. Measure.All.Select(m => FigureOf(trial.Result.Measurement, m))]);
    }

    /// <summary>Any figure in nanoseconds; null when it is not stated.</summary>
    public double? FigureOf(Measure measure) => FigureOf(Measurement, measure);

    private static double? FigureOf(TrialMeasurement? measurement, Measure measure) =>
        measurement is null || !measurement.Knows(measure.Name) ? null : measure.Of(measurement.Evaluation.Latencies);
}
