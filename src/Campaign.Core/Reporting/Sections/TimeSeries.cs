using Campaign.Analysis;
using Campaign.Reporting.Html;
using Campaign.Reporting.Svg;

namespace Campaign.Reporting.Sections;

/// <summary>How each cell went on over time, second by second.</summary>
internal static class TimeSeries
{
    private const int MostPanels = 100;

    public static void Write(HtmlWriter html, SweepAnalysis analysis)
    {
        var cells = analysis.Cells.Where(c => c.Counted.Any()).ToArray();
        if (cells.Length == 0)
        {
            return;
        }

        html.Element("h2", "Second by second");
        html.Element("p.note", "Median, p99 and maximum of the packets sent in each second; one set of lines per repeat. Rates and losses are in the next table.");
        html.Element("ul.legend", () =>
        {
            for (var line = 0; line < SecondsPlot.Lines.Length; line++)
            {
                var style = FormattableString.Invariant($"path.m.s{line}.d{line}");
                var name = SecondsPlot.Lines[line].Name;
                html.Element("li", () =>
                {
                    html.Element("svg", () => html.Empty(style, ("d", "M1 5H33")), ("viewBox", "0 0 34 10"), ("aria-hidden", "true"));
                    html.Text(name);
                });
            }
        });
        html.Element("div.panels", () =>
        {
            foreach (var cell in cells.Take(MostPanels))
            {
                html.Element("figure", () =>
                {
                    html.Element("figcaption", cell.Label);
                    SecondsPlot.Write(html, $"Second by second, {cell.Label}", [.. cell.Counted.Select(t => t.Result.Measurement!.Evaluation)]);
                });
            }
        });
        if (cells.Length > MostPanels)
        {
            html.Element("p.note", FormattableString.Invariant($"The first {MostPanels} of {cells.Length} cells are drawn."));
        }
    }
}
