using System.Globalization;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What the campaign itself recorded, by cell.</summary>
internal static class MetricTable
{
    private const int CellsAtMost = 100;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var cells = input.Analysis.Cells.Select(c => (Cell: c, Metrics: CellMetrics.Of(c.Counted))).Where(c => !c.Metrics.IsEmpty).ToArray();
        if (cells.Length == 0)
        {
            yield break;
        }

        yield return new Tag("h3", ("id", "recorded")) { "Recorded by the campaign" };
        string[] names = [.. cells.SelectMany(c => c.Metrics).Select(m => m.Name).Distinct()];
        yield return Table.Of(
            "Median over the repeats (lowest to highest)", "matrix", ["cell", .. names.Select(n => $"#{n}")],
            Table.Body(cells.Take(CellsAtMost).Select(c => Table.Row(
                input.Label.Of(c.Cell.Values), names.Select(n => c.Metrics.FirstOrDefault(m => m.Name == n) is { } metric ? Text(metric) : "–")))));
        if (cells.Length > CellsAtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"The first {CellsAtMost} of {cells.Length} cells; all are with their trials." };
        }
    }

    private static string Text(CellMetrics metric) =>
        string.Create(CultureInfo.InvariantCulture, $"{metric.Spread.Median:G4} ({metric.Spread.Low:G4} to {metric.Spread.High:G4}) {metric.Unit}").TrimEnd();
}
