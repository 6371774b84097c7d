using System.Collections.Immutable;
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
internal sealed record MeasureComparison(Measure Measure, ImmutableArray<GroupRatio> Ratios);

/// <summary>One figure in one matched group.</summary>
/// <param name="Group">The group.</param>
/// <param name="Baseline">The baseline's repeats.</param>
/// <param name="Level">The level's repeats.</param>
internal sealed record GroupRatio(MatchedGroup Group, Spread Baseline, Spread Level)
{
    /// <summary>Level over baseline, by the mean logarithms of the repeats: what a <see cref="Contrast"/> has for this group.</summary>
    public double Ratio { get; } = Math.Exp(Level.Values.Average(Math.Log) - Baseline.Values.Average(Math.Log));

    /// <summary>Whether the ranges have no value in common; a single run has no range and is never apart.</summary>
    public bool IsApart => Baseline.Repeats > 1 && Level.Repeats > 1 && Level.IsApartFrom(Baseline);
}
