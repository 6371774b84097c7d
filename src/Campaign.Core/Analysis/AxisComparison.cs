using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Definition;

namespace Campaign.Analysis;

/// <summary>The levels of one axis held against each other, everything else equal.</summary>
/// <param name="Axis">Name of the axis.</param>
/// <param name="Baseline">The level that the others are held against.</param>
/// <param name="Groups">Cells that differ in this axis only; those with a single level are left out.</param>
/// <param name="Levels">Every other level, in the order of the axis.</param>
internal sealed record AxisComparison(
    string Axis, Value Baseline, ImmutableArray<MatchedGroup> Groups, ImmutableArray<LevelComparison> Levels);

/// <summary>Cells that differ in the compared axis only.</summary>
/// <param name="Shared">Values that all of them have.</param>
/// <param name="Cells">By level, in the order of the axis.</param>
internal sealed record MatchedGroup(ImmutableArray<KeyValuePair<string, Value>> Shared, ImmutableArray<KeyValuePair<Value, CellAnalysis>> Cells)
{
    /// <summary>Null when the level was not planned in this group.</summary>
    public CellAnalysis? At(Value level) => Cells.FirstOrDefault(c => c.Key == level).Value;
}

/// <summary>One level against the baseline.</summary>
/// <param name="Level">The level.</param>
/// <param name="Measures">Indexed as <see cref="Measure.Compared"/>.</param>
internal sealed record LevelComparison(Value Level, ImmutableArray<MeasureComparison> Measures);

/// <summary>One figure of a level against the baseline's.</summary>
/// <param name="Measure">The figure.</param>
/// <param name="Ratios">One for each matched group in which both sides state the figure.</param>
internal sealed record MeasureComparison(Measure Measure, ImmutableArray<GroupRatio> Ratios)
{
    /// <summary>The median of the groups' ratios, on a logarithmic scale; null when there is none.</summary>
    public double? Ratio { get; } = Ratios.IsEmpty ? null : OrderStatistics.MedianRatio(Ratios.Select(r => r.Ratio));

    /// <summary>Between which ratios the truth lies, over trials, with 95 % confidence; null where there are too few trials to say.</summary>
    public (double Low, double High)? Interval { get; } = MatchedRatio.Of(Ratios.Select(r => (r.Baseline.Values, r.Level.Values)), seed: 0)?.Interval(0.95);

    /// <summary>Whether the interval leaves open which level is higher.</summary>
    public bool IsOpen => Interval is { Low: <= 1, High: >= 1 };

    /// <summary>Groups in which the level is higher.</summary>
    public int Higher => Ratios.Count(r => r.Ratio > 1);

    /// <summary>Groups in which the level is lower.</summary>
    public int Lower => Ratios.Count(r => r.Ratio < 1);

    /// <summary>Groups in which the ranges of repeats have no value in common.</summary>
    public int Apart => Ratios.Count(r => r.IsApart);

    /// <summary>Whether somewhere a side is a single run, which has no range.</summary>
    public bool HasSingleRuns => Ratios.Any(r => r.Baseline.Repeats < 2 || r.Level.Repeats < 2);
}

/// <summary>One figure in one matched group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Baseline">The baseline's repeats.</param>
/// <param name="Level">The level's repeats.</param>
internal sealed record GroupRatio(MatchedGroup Group, Spread Baseline, Spread Level)
{
    /// <summary>Median of the level over median of the baseline.</summary>
    public double Ratio => Level.Median / Baseline.Median;

    /// <summary>Whether the ranges have no value in common; a single run has no range and is never apart.</summary>
    public bool IsApart => Baseline.Repeats > 1 && Level.Repeats > 1 && Level.IsApartFrom(Baseline);
}
