using System.Globalization;

namespace Campaign.Analysis;

/// <summary>Where what was recorded is smallest and largest, in a sweep without latencies: there it is all that was measured.</summary>
internal static class RecordedFindings
{
    private const int AtMost = 4;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        if (evidence.Counted.Any())
        {
            yield break;
        }

        var recorded = evidence.Cells.SelectMany(c => c.Metrics.Select(m => (Cell: c, Metric: m))).GroupBy(m => m.Metric.Name).Where(g => g.Count() > 1);
        foreach (var metric in recorded.Take(AtMost))
        {
            var (low, high) = (metric.MinBy(m => m.Metric.Spread.Median), metric.MaxBy(m => m.Metric.Spread.Median));
            if (low.Metric.Spread.Median < high.Metric.Spread.Median)
            {
                yield return new Finding(FindingKind.Result, $"{metric.Key} lies between {Text(evidence, low)} and {Text(evidence, high)}.", Evidence.Recorded);
            }
        }
    }

    private static string Text(Evidenced evidence, (CellAnalysis Cell, CellMetrics Metric) recorded) => string.Create(
        CultureInfo.InvariantCulture, $"{recorded.Metric.Spread.Median:0.####} {recorded.Metric.Unit} ({evidence.Label.Of(recorded.Cell.Values)})");
}
