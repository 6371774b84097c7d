using System.Globalization;

namespace Campaign.Analysis;

/// <summary>
/// The largest latency of each cell with all of its repeats: one number alone would be the extreme of one run, and often another order of the cells than the next run gives. At
/// the highest level of the last axis of numbers, where most packets are.
/// </summary>
internal static class ExtremeFindings
{
    private const int CellsAtMost = 24;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var numeric = evidence.Sweep.Axes.LastOrDefault(a => a.Values.Length > 1 && a.IsNumeric);
        var top = numeric?.Values.MaxBy(v => v.AsNumber);
        var cells = evidence.Cells
            .Where(c => (numeric is null || c.ValueOf(numeric.Name) == top) && c[Measure.Maximum].Spread is { Repeats: > 1 })
            .OrderByDescending(c => c[Measure.Maximum].Spread!.High).Take(CellsAtMost).OrderBy(c => c.Index).ToArray();
        var first = evidence.Sweep.Axes.FirstOrDefault(a => a != numeric && a.Values.Length > 1)?.Name;
        foreach (var group in cells.GroupBy(c => first is null ? null : c.ValueOf(first)))
        {
            var at = group.First().Values.Where(v => v.Key == first || v.Key == numeric?.Name).ToArray();
            var rest = group.Select(c => $"{Name(evidence, c, [.. at.Select(v => v.Key)])}{string.Join(" / ", c[Measure.Maximum].Spread!.Values.Select(Microseconds))}");
            yield return new Finding(
                FindingKind.Result,
                $"Largest latency of each repeat{(at.Length > 0 ? $" ({evidence.Label.Of([.. at])})" : "")}, in µs: {string.Join("; ", rest)}. No one repeat is the worst case.",
                Evidence.Overview);
        }
    }

    private static string Name(Evidenced evidence, CellAnalysis cell, string[] without) =>
        string.Join(", ", cell.Values.Where(v => !without.Contains(v.Key)).Select(v => $"{v.Key} {evidence.Label.Of(v.Key, v.Value)}")) is { Length: > 0 } name ? name + ": " : "";

    private static string Microseconds(double nanoseconds) => (nanoseconds / 1e3).ToString("0.00", CultureInfo.InvariantCulture);
}
