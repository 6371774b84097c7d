using System.Globalization;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Sections;

/// <summary>Every cell in one table: median over repeats, and their range.</summary>
internal static class Overview
{
    public static void Write(HtmlWriter html, SweepAnalysis analysis)
    {
        html.Element("h2", "Overview");
        html.Element("p.note", "Latency in µs: the median over the repeats of a cell, below it the smallest and largest of them. Shading repeats the number, from the smallest to the largest of each column. “–”: fewer packets than the percentile needs.");
        string[] axes = [.. analysis.Cells.SelectMany(c => c.Cell.Select(v => v.Key)).Distinct()];
        double[] fractions = [.. Analyst.Fractions.Where(f => analysis.Cells.Any(c => c.Percentiles.ContainsKey(f)))];
        var ranges = fractions.ToDictionary(f => f, f => Range(analysis, f));
        HtmlTable.Write(
            html, "Latency of every cell",
            [.. axes, .. fractions.Select(f => Findings.Name(f) + "#"), "trials"],
            analysis.Cells.Select(cell => (IReadOnlyList<HtmlTable.Cell>)[
                .. axes.Select(a => (HtmlTable.Cell)(cell.Cell.FirstOrDefault(v => v.Key == a).Value?.ToString() ?? "–")),
                .. fractions.Select(f => Number(cell, f, ranges[f])),
                States(cell),
            ]));
    }

    private static HtmlTable.Cell Number(CellSummary cell, double fraction, (double Smallest, double Largest) range)
    {
        if (!cell.Percentiles.TryGetValue(fraction, out var spread))
        {
            return "–";
        }

        var heat = range.Largest > range.Smallest ? Math.Log(spread.Median / range.Smallest) / Math.Log(range.Largest / range.Smallest) : 0;
        return new HtmlTable.Cell(
            ReportNumbers.Microseconds(spread.Median),
            cell.Counted.Count() > 1 ? $"{ReportNumbers.Microseconds(spread.Smallest)} … {ReportNumbers.Microseconds(spread.Largest)}" : "",
            Heat: heat);
    }

    private static (double Smallest, double Largest) Range(SweepAnalysis analysis, double fraction)
    {
        var medians = analysis.Cells.Where(c => c.Percentiles.ContainsKey(fraction)).Select(c => c.Percentiles[fraction].Median).ToArray();
        return (medians.Min(), medians.Max());
    }

    private static HtmlTable.Cell States(CellSummary cell)
    {
        var states = Enum.GetValues<TrialState>()
            .Select(s => (State: s, Count: cell.Trials.Count(t => t.Result.State == s)))
            .Where(s => s.Count > 0)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Count} {s.State.ToString().ToLowerInvariant()}"));
        var missing = cell.Planned - cell.Trials.Length;
        var worst = cell.Trials.Select(t => t.Result.State).DefaultIfEmpty().Max();
        return new HtmlTable.Cell(
            string.Join(", ", missing > 0 ? states.Append(string.Create(CultureInfo.InvariantCulture, $"{missing} missing")) : states),
            Class: "." + worst.ToString().ToLowerInvariant());
    }
}
