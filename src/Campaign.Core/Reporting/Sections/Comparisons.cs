using System.Globalization;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Reporting.Html;
using Campaign.Reporting.Svg;

namespace Campaign.Reporting.Sections;

/// <summary>One section per compared axis, everything else equal: percentile plots, worst packets over time, ratios.</summary>
internal static class Comparisons
{
    public static void Write(HtmlWriter html, SweepAnalysis analysis)
    {
        foreach (var comparison in analysis.Comparisons.Where(c => !c.Groups.IsEmpty))
        {
            html.Element("h2", $"What {comparison.Axis} does");
            Legend(html, comparison);
            html.Element("h3", "Latency over percentile");
            html.Element("p.note", "One line per trial. Both axes are logarithmic; a line is dotted beyond the percentile that its packets support.");
            Panels(html, comparison, (group, title) => PercentilePlot.Write(html, title, Series(comparison, group, e => e.Latencies)));
            html.Element("h3", "Worst packets over time");
            var y = Scale(comparison);
            Panels(html, comparison, (group, title) => WorstPlot.Write(html, title, Series(comparison, group, e => e), y));
            Ratios(html, comparison);
        }
    }

    private static void Panels(HtmlWriter html, AxisComparison comparison, Action<MatchedGroup, string> plot) => html.Element("div.panels", () =>
    {
        foreach (var group in comparison.Groups)
        {
            html.Element("figure", () =>
            {
                html.Element("figcaption", group.Label.Length == 0 ? "all cells" : group.Label);
                plot(group, $"{comparison.Axis}: {string.Join(" and ", comparison.Levels)}{(group.Label.Length == 0 ? "" : $", at {group.Label}")}");
            });
        }
    });

    private static (string Name, IReadOnlyList<T> Trials)[] Series<T>(AxisComparison comparison, MatchedGroup group, Func<LatencyEvaluation, T> of) =>
        [.. comparison.Levels.Select((level, i) => (
            level.ToString(), (IReadOnlyList<T>)[.. group.Cells[i]?.Counted.Select(t => of(t.Result.Measurement!.Evaluation)) ?? []]))];

    private static LogScale Scale(AxisComparison comparison)
    {
        var worst = comparison.Groups.SelectMany(g => g.Cells).OfType<CellSummary>().SelectMany(c => c.Counted)
            .SelectMany(t => t.Result.Measurement!.Evaluation.Worst).Select(w => w.Latency).DefaultIfEmpty(1).ToArray();
        return LogScale.Around(worst.Min(), worst.Max(), Frame.Bottom, Frame.Top);
    }

    private static void Legend(HtmlWriter html, AxisComparison comparison) => html.Element("ul.legend", () =>
    {
        for (var level = 0; level < comparison.Levels.Length; level++)
        {
            var style = FormattableString.Invariant($"path.m.s{level % 7}.d{level % 7}");
            html.Element("li", () =>
            {
                html.Element("svg", () => html.Empty(style, ("d", "M1 5H33")), ("viewBox", "0 0 34 10"), ("aria-hidden", "true"));
                html.Text($"{comparison.Axis}={comparison.Levels[level]}");
            });
        }
    });

    private static void Ratios(HtmlWriter html, AxisComparison comparison)
    {
        double[] fractions = [.. Analyst.Fractions.Where(f => comparison.Groups.Any(g => g.Cells.Count(c => c?.Percentiles.ContainsKey(f) == true) > 1))];
        var rows = comparison.Groups.SelectMany(matched => Enumerable.Range(1, comparison.Levels.Length - 1)
            .Where(level => matched.Cells[0] is not null && matched.Cells[level] is not null)
            .Select(level => (IReadOnlyList<HtmlTable.Cell>)[
                matched.Label.Length == 0 ? "all cells" : matched.Label,
                comparison.Levels[level].ToString(),
                .. fractions.Select(f => Ratio(matched.Cells[0]!, matched.Cells[level]!, f)),
            ]));
        HtmlTable.Write(
            html,
            $"Ratio of medians against {comparison.Axis}={comparison.Levels[0]}; “apart” where the ranges of the repeats do not overlap",
            ["everything else equal", comparison.Axis, .. fractions.Select(f => Findings.Name(f) + "#")],
            rows);
    }

    private static HtmlTable.Cell Ratio(CellSummary from, CellSummary to, double fraction)
    {
        if (!from.Percentiles.TryGetValue(fraction, out var a) || !to.Percentiles.TryGetValue(fraction, out var b))
        {
            return "–";
        }

        var apart = b.Smallest > a.Largest || b.Largest < a.Smallest;
        return new HtmlTable.Cell(string.Create(CultureInfo.InvariantCulture, $"×{b.Median / a.Median:0.00}"), apart ? "apart" : "");
    }
}
