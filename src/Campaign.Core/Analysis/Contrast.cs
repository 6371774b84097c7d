using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Definition;

namespace Campaign.Analysis;

/// <summary>Two levels of an axis held against each other over all cells that are alike otherwise.</summary>
/// <param name="Axis">Name of the axis.</param>
/// <param name="Level">What is held against the baseline.</param>
/// <param name="Baseline">What it is held against.</param>
/// <param name="Within">Values that all of the cells share; empty: the contrast is over everything.</param>
/// <param name="Effects">Indexed as <see cref="Measure.Compared"/>; null where no cell states the figure on both sides.</param>
internal sealed record Contrast(
    string Axis, Value Level, Value Baseline, ImmutableArray<KeyValuePair<string, Value>> Within, ImmutableArray<LevelEffect?> Effects)
{
    private const double MuchOf = 0.1;

    /// <summary>The cells on both sides, matched.</summary>
    public ImmutableArray<CellPair> Pairs { get; init; } = [];

    /// <summary>Trials on both sides that take part.</summary>
    public int Trials { get; init; }

    /// <summary>Those in which the machine beneath an emulated one was the bottleneck.</summary>
    public int Bound { get; init; }

    /// <summary>Whether so many of them were, that nothing can be said of the device under test.</summary>
    public bool IsOfTheMachineUnderneath => Bound > MuchOf * Trials;

    /// <summary>What the campaign recorded in them, each by its name.</summary>
    public ImmutableArray<MetricContrast> Metrics { get; init; } = [];
}

/// <summary>Two cells that differ in the compared axis only.</summary>
/// <param name="Baseline">The one with the baseline's level.</param>
/// <param name="Level">The other.</param>
internal sealed record CellPair(CellAnalysis Baseline, CellAnalysis Level)
{
    /// <summary>Level over baseline, by the mean logarithms of the repeats; null where one of them does not state the figure.</summary>
    public double? Ratio(Measure measure) => (Baseline.Compared(measure), Level.Compared(measure)) is ({ Length: > 0 } below, { Length: > 0 } above)
        ? Math.Exp(above.Average(Math.Log) - below.Average(Math.Log))
        : null;
}

/// <summary>A metric of the campaign's own on both sides of a contrast.</summary>
/// <param name="Name">As it was recorded.</param>
/// <param name="Unit">As it was recorded.</param>
/// <param name="Level">Median over the trials.</param>
/// <param name="Baseline">Median over the trials.</param>
internal sealed record MetricContrast(string Name, string Unit, double Level, double Baseline);

/// <summary>A figure of a contrast.</summary>
/// <param name="Measure">Which.</param>
/// <param name="Ratio">Level over baseline with its uncertainty.</param>
internal sealed record LevelEffect(Measure Measure, MatchedRatio Ratio)
{
    /// <summary>What counts as alike: 5 %.</summary>
    public const double Margin = 0.05;

    private const double Level = 0.05;

    /// <summary>The probability adjusted for the figures of this contrast (Holm); null when nobody can say.</summary>
    public double? Holm { get; init; }

    /// <summary>The probability adjusted for all contrasts of the report (Benjamini and Hochberg); null when nobody can say.</summary>
    public double? Adjusted { get; init; }

    public (double Low, double High)? Interval { get; } = Ratio.Interval(0.95);

    /// <summary>The interval of 90 %, by which equivalence at 95 % is judged.</summary>
    public (double Low, double High)? Narrow { get; } = Ratio.Interval(0.90);

    /// <summary>Whether the levels differ, at 5 % over the whole report.</summary>
    public bool IsDifferent => Adjusted < Level && Interval is not ({ Low: <= 1, High: >= 1 });

    /// <summary>Whether they are alike within <see cref="Margin"/>.</summary>
    public bool IsEquivalent => Narrow is { } narrow && Equivalence.Within(narrow, Margin) == Verdict.Pass;
}
