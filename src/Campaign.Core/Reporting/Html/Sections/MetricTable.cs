using System.Globalization;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What the campaign itself recorded, by cell.</summary>
internal static class MetricTable
{
    private const string Id = "recorded-numbers";
    private const int CellsAtMost = 300;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var cells = input.Analysis.Cells.Where(c => !c.Metrics.IsEmpty).ToArray();
        if (cells.Length == 0)
        {
            yield break;
        }

        yield return new Tag("h3", ("id", "recorded")) { input.RecordedTitle };
        foreach (var part in MetricPanels.Of(input, Id))
        {
            yield return part;
        }

        string[] names = [.. cells.SelectMany(c => c.Metrics).Select(m => m.Name).Distinct()];
        yield return new Tag("div", ("id", Id))
        {
            Table.Of(
                "Median over the repeats (lowest to highest)", "matrix", ["cell", .. names.Select(n => $"#{n}")],
                Table.Body(cells.Take(CellsAtMost).Select(c => Table.Row(
                    input.Label.Of(c.Values), names.Select(n => c.Metrics.FirstOrDefault(m => m.Name == n) is { } metric ? Text(metric) : "–"))))),
        };
        if (cells.Length > CellsAtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"The first {CellsAtMost} of {cells.Length} cells; all are with their trials." };
        }
    }

    private static string Text(CellMetrics metric) => metric.Spread.Repeats == 1
        ? $"{Number(metric.Spread.Median)} {metric.Unit}".TrimEnd()
        : $"{Number(metric.Spread.Median)} ({Number(metric.Spread.Low)} to {Number(metric.Spread.High)}) {metric.Unit}".TrimEnd();

    // Counts stay whole.
    private static string Number(double value) => value.ToString(Math.Abs(value) is >= 1000 and < 1e15 ? "0" : "G4", CultureInfo.InvariantCulture);
}
