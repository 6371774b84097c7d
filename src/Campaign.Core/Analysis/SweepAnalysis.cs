using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>What the stored trials of a sweep say. Descriptive: no test, no interval.</summary>
/// <param name="Cells">Every planned cell, in the order of the axes.</param>
/// <param name="Comparisons">One per compared axis.</param>
/// <param name="Findings">What a reader should know first, in whole sentences.</param>
internal sealed record SweepAnalysis(
    ImmutableArray<CellSummary> Cells, ImmutableArray<AxisComparison> Comparisons, ImmutableArray<string> Findings);

/// <summary>The repeats of one cell, taken together.</summary>
/// <param name="Cell">Axis values.</param>
/// <param name="Trials">Stored trials, by repeat.</param>
/// <param name="Planned">Trials that were planned.</param>
/// <param name="Percentiles">By fraction (1 is the maximum): only those that the packets of every counted trial support.</param>
internal sealed record CellSummary(
    ImmutableArray<KeyValuePair<string, Value>> Cell,
    ImmutableArray<StoredTrial> Trials,
    int Planned,
    ImmutableSortedDictionary<double, Spread> Percentiles)
{
    /// <summary><c>rate=1000, isolation=true</c></summary>
    public string Label => LabelWithout("");

    /// <summary>Trials whose numbers count: measured, and in the asked-for state.</summary>
    public IEnumerable<StoredTrial> Counted => Trials.Where(Analyst.Counts);

    public string LabelWithout(string axis) => string.Join(", ", Cell.Where(c => c.Key != axis).Select(c => $"{c.Key}={c.Value}"));
}

/// <summary>A figure over the repeats of a cell, in nanoseconds.</summary>
internal sealed record Spread(double Median, long Smallest, long Largest);

/// <summary>One axis, everything else equal.</summary>
/// <param name="Axis">Its name.</param>
/// <param name="Levels">In the order of the axis, the level that the others are relative to first.</param>
/// <param name="Groups">Cells that differ in this axis only.</param>
internal sealed record AxisComparison(string Axis, ImmutableArray<Value> Levels, ImmutableArray<MatchedGroup> Groups);

/// <summary>Cells that differ in one axis only.</summary>
/// <param name="Label">The values that they share; empty when the sweep has no other axis.</param>
/// <param name="Cells">By level, in the order of <see cref="AxisComparison.Levels"/>; null where there is no such cell.</param>
internal sealed record MatchedGroup(string Label, ImmutableArray<CellSummary?> Cells);
