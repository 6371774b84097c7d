using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>Finds matched groups and holds their cells against each other.</summary>
internal static class Comparer
{
    /// <summary>One comparison for each axis that the campaign names, or for all that have more than one level.</summary>
    public static ImmutableArray<AxisComparison> Compare(SweepRecord sweep, ImmutableArray<CellAnalysis> cells) =>
    [
        .. Chosen(sweep).Where(a => a.Values.Length > 1).Select(a => Compare(a, BaselineOf(a, sweep.Report), cells)),
    ];

    /// <summary>The axes that the campaign wants compared: those it names, or all.</summary>
    public static IEnumerable<AxisRecord> Chosen(SweepRecord sweep) => sweep.Report.Compare.IsEmpty
        ? sweep.Axes
        : sweep.Report.Compare.Select(name => sweep.Axes.FirstOrDefault(a => a.Name == name)).OfType<AxisRecord>();

    /// <summary>The level that the others are held against: the one that the campaign names, or the first.</summary>
    public static Value BaselineOf(AxisRecord axis, ReportOptions options) =>
        options.Baseline.TryGetValue(axis.Name, out var wanted)
            ? axis.Values.FirstOrDefault(v => v.Canonical == wanted.Canonical) ?? axis.Values[0]
            : axis.Values[0];

    private static AxisComparison Compare(AxisRecord axis, Value baseline, ImmutableArray<CellAnalysis> cells)
    {
        ImmutableArray<MatchedGroup> groups =
        [
            .. cells.Where(c => c.ValueOf(axis.Name) is not null)
                .GroupBy(c => string.Join('\n', Others(c, axis.Name).Select(v => $"{v.Key}={v.Value.Canonical}")))
                .Where(g => g.Skip(1).Any())
                .Select(g => new MatchedGroup([.. Others(g.First(), axis.Name)], [.. g.Select(c => KeyValuePair.Create(c.ValueOf(axis.Name)!, c))])),
        ];
        return new AxisComparison(axis.Name, baseline, groups, [.. axis.Values.Where(v => v != baseline).Select(v => Compare(v, baseline, groups))]);
    }

    private static IEnumerable<KeyValuePair<string, Value>> Others(CellAnalysis cell, string axis) => cell.Values.Where(v => v.Key != axis);

    private static LevelComparison Compare(Value level, Value baseline, ImmutableArray<MatchedGroup> groups) =>
        new(level, [.. Measure.Compared.Select(m => new MeasureComparison(m, [.. groups.Select(g => RatioOf(m, g, baseline, level)).OfType<GroupRatio>()]))]);

    private static GroupRatio? RatioOf(Measure measure, MatchedGroup group, Value baseline, Value level) =>
        // Latencies across two clocks may be negative; a ratio of such has no meaning.
        Side(group.At(baseline), measure) is { } from && Side(group.At(level), measure) is { } to ? new GroupRatio(group, from, to) : null;

    private static Spread? Side(CellAnalysis? cell, Measure measure) => cell is null ? null : Spread.Of([.. cell.Compared(measure)]);
}
