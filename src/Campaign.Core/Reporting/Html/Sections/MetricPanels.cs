using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Reporting.Svg;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What was recorded, drawn over the axis with the most numbers, so that one sees where a rate no longer follows.</summary>
internal static class MetricPanels
{
    private const int LevelsAtLeast = 3;
    private const int FiguresAtMost = 4;
    private const int LinesAtMost = 6;
    private const double PacketsPerMega = 1e6;
    private const double Close = 0.1;

    /// <param name="input">Of the report.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public static IEnumerable<Markup> Of(ReportInput input, string table)
    {
        var axis = input.Sweep.Axes.Where(a => a.Values.Count(v => NumberOf(v) is not null) >= LevelsAtLeast).MaxBy(a => a.Values.Length);
        if (axis is null)
        {
            yield break;
        }

        var metrics = input.Analysis.Cells.SelectMany(c => c.Metrics).GroupBy(m => m.Name).Take(FiguresAtMost).ToArray();
        var lines = input.Analysis.Cells.Where(c => c.ValueOf(axis.Name) is { } value && NumberOf(value) is not null)
            .GroupBy(c => input.Label.Of([.. c.Values.Where(v => v.Key != axis.Name)])).Where(g => g.Count() > 1).ToArray();
        foreach (var part in lines.Chunk(LinesAtMost))
        {
            yield return new Tag("p", ("class", "legend")) { part.Select((g, i) => new Tag("span", ("class", $"key f{i}")) { Key(i), g.Key }) };
            yield return new Tag("div", ("class", "panels")) { metrics.Select(m => Figure(input, axis, m, part, table)) };
        }
    }

    private static Tag Figure(ReportInput input, AxisRecord axis, IGrouping<string, CellMetrics> metric, IGrouping<string, CellAnalysis>[] lines, string table)
    {
        var unit = metric.First().Unit;
        var across = axis.Values.Select(NumberOf).OfType<double>().Max();
        var up = metric.Max(m => m.Spread.High);
        (int Style, IReadOnlyList<(double At, Spread Spread)> Points)[] drawn = [.. lines.Select((line, style) => (style, Points(axis, metric.Key, line)))];
        var plot = new MetricPlot((Math.Max(across, double.Epsilon), number => input.Label.Of(axis.Name, Value.Of(number))), (up > 0 ? up : 1, unit));
        return new Tag("figure")
        {
            new Tag("figcaption") { metric.Key },
            plot.Draw(metric.Key, axis.Name, drawn, axis.Unit == "pkt/s" && unit == "Mpps" && drawn.SelectMany(d => d.Points).Any(IsAsAsked) ? across / PacketsPerMega : null, table),
        };
    }

    // A deviation has the unit of a rate, but nobody asked for it.
    private static bool IsAsAsked((double At, Spread Spread) point) => point.At > 0 && Math.Abs((point.Spread.Median * PacketsPerMega / point.At) - 1) < Close;

    private static IReadOnlyList<(double At, Spread Spread)> Points(AxisRecord axis, string metric, IEnumerable<CellAnalysis> cells) =>
    [
        .. cells.Select(c => (At: NumberOf(c.ValueOf(axis.Name)!)!.Value, c.Metrics.FirstOrDefault(m => m.Name == metric)?.Spread))
            .Where(p => p.Spread is not null).OrderBy(p => p.At).Select(p => (p.At, p.Spread!)),
    ];

    private static double? NumberOf(Value value) => value.AsNumber is >= 0 and var number ? number : null;

    private static Tag Key(int style) =>
        new("svg", ("viewBox", "0 0 36 10"), ("class", "swatch"), ("aria-hidden", "true")) { new Tag("path", ("class", $"m l{style}"), ("d", "M1 5h34")) };
}
