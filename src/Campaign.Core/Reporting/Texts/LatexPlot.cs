using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Reporting.Svg;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>
/// Latency over percentile with two logarithmic axes. Compared levels are curves in a panel, all else is told apart by panels, which share their axes.
/// Names of curves stand below in a paragraph, which fits columns of any width.
/// </summary>
internal static class LatexPlot
{
    private const string What = "Latency over percentile: the median of each cell's repeats, as far as its packets support it.";
    private const int PointsPerDecade = 20;
    private const int PointsPerLine = 8;
    private const int CurvesPerPanel = 6;
    private const int PanelsPerFigure = 6;
    private const int PanelsAtMost = 24;
    private const int UnbrokenName = 40;
    private const double PanelHeight = 100;
    private const double TickRoom = 9;

    // Those of the HTML report: they can be told apart in grey, too.
    private static readonly ImmutableArray<string> Colours =
    [
        "red,0;green,114;blue,178", "red,189;green,80;blue,0", "red,0;green,121;blue,90", "red,163;green,80;blue,138", "red,128;green,96;blue,0", "red,29;green,29;blue,27",
    ];

    private static readonly ImmutableArray<string> Dashes =
    [
        "solid", "dash pattern=on 5pt off 2pt", "dash pattern=on 1.5pt off 1.5pt", "dash pattern=on 6pt off 2pt on 1.5pt off 2pt", "dash pattern=on 3pt off 3pt",
        "dash pattern=on 7pt off 2pt on 1.5pt off 2pt on 1.5pt off 2pt",
    ];

    public static void Append(StringBuilder text, LatexAbout about, SweepAnalysis analysis)
    {
        ImmutableArray<CellAnalysis> drawn = [.. analysis.Cells.Where(c => Repeats(c).Length > 0)];
        if (drawn.IsEmpty)
        {
            text.Append("% No cell has a latency, so there is no figure.\n");
            return;
        }

        var curves = CurveAxes(about, analysis);
        string CurveOf(CellAnalysis cell) => about.Label.Of([.. cell.Values.Where(v => curves.Contains(v.Key))]);
        ImmutableArray<string> names = [.. drawn.Select(CurveOf).Distinct()];
        var panels = drawn.GroupBy(c => about.Label.Of([.. c.Values.Where(v => !curves.Contains(v.Key) && about.Swept.Any(a => a.Name == v.Key))])).ToArray();
        if (panels.Length > PanelsAtMost)
        {
            text.Append(CultureInfo.InvariantCulture, $"% {PanelsAtMost} of {panels.Length} panels are drawn: the first. The tables have all numbers.\n");
        }

        var axes = Axes(drawn);
        foreach (var (number, some) in panels.Take(PanelsAtMost).Chunk(PanelsPerFigure).Index())
        {
            text.Append("\n\\begin{figure}[tbp]\n\\centering\\footnotesize\n\\tikzset{\n").AppendJoin("", names.Select((_, i) => Style(i))).Append("}\n\\begin{tikzpicture}\n");
            text.Append(CultureInfo.InvariantCulture, $"\\begin{{groupplot}}[\n  {Group(some.Length, panels.Length > 1)},\n{axes}]\n");
            foreach (var panel in some)
            {
                text.Append(CultureInfo.InvariantCulture, $"\\nextgroupplot{(panels.Length > 1 ? $"[title={{{LatexText.Escape(panel.Key)}}}]" : "")}\n");
                foreach (var cell in panel)
                {
                    Curve(text, names.IndexOf(CurveOf(cell)), Repeats(cell));
                }
            }

            text.Append("\\end{groupplot}\n\\end{tikzpicture}\n");
            Legend(text, names);
            text.Append(about.Caption("fig", number, What)).Append("\\end{figure}\n");
        }
    }

    /// <summary>As many compared axes as a panel has curves for; without a comparison, as many of the last axes. At least one.</summary>
    private static ImmutableArray<string> CurveAxes(LatexAbout about, SweepAnalysis analysis)
    {
        var compared = analysis.Comparisons.Select(c => about.Swept.FirstOrDefault(a => a.Name == c.Axis)).OfType<AxisRecord>().ToArray();
        var (taken, curves) = (ImmutableArray.CreateBuilder<string>(), 1);
        foreach (var axis in compared.Length > 0 ? compared : about.Swept.Reverse())
        {
            if (taken.Count == 0 || curves * axis.Values.Length <= CurvesPerPanel)
            {
                taken.Add(axis.Name);
                curves *= axis.Values.Length;
            }
        }

        return taken.ToImmutable();
    }

    // Beyond six, a colour comes again with another dash.
    private static string Style(int curve) => string.Create(
        CultureInfo.InvariantCulture,
        $"  campaign {curve}/.style={{line width=0.9pt, line join=round, color={{rgb,255:{Colours[curve % Colours.Length]}}}, {Dashes[(curve + (curve / Colours.Length)) % Dashes.Length]}}},\n");

    private static string Group(int panels, bool several) => several
        ? string.Create(
            CultureInfo.InvariantCulture,
            $"group style={{group size=2 by {(panels + 1) / 2}, horizontal sep=1.5em, vertical sep=6em, xlabels at=edge bottom, ylabels at=edge left, yticklabels at=edge left}},\n  scale only axis, width=0.37\\linewidth, height=0.28\\linewidth")
        : "group style={group size=1 by 1},\n  scale only axis, width=0.8\\linewidth, height=0.45\\linewidth";

    private static string Axes(ImmutableArray<CellAnalysis> drawn)
    {
        var all = drawn.SelectMany(Repeats).ToArray();
        var percentile = new PercentileScale(all.Max(l => l.Count), 0, 1);
        var latency = LogScale.Around(all.Min(l => l.Minimum), drawn.Max(c => Median(Repeats(c), End(Repeats(c)))), 0, PanelHeight);
        var (nines, ticks) = (percentile.Ticks.ToArray(), Ticks(latency).ToArray());
        return string.Create(CultureInfo.InvariantCulture, $$"""
              xmode=log, ymode=log, xmin=1, xmax={{drawn.Max(c => End(Repeats(c))):0.##}}, ymin={{latency.Low / 1e3}}, ymax={{latency.High / 1e3}},
              xtick={{{string.Join(',', nines.Select((_, i) => "1" + new string('0', i)))}}}, xticklabels={{{string.Join(',', nines.Select(n => n.Label))}}},
              ytick={{{string.Join(',', ticks.Select(t => (t / 1e3).ToString(CultureInfo.InvariantCulture)))}}}, yticklabels={{{string.Join(',', ticks.Select(t => LatexText.Escape(LatencyTicks.Label(t))))}}},
              minor tick num=0, xminorticks=false, yminorticks=false, grid=major, grid style={black!12}, tick label style={font=\scriptsize},
              xlabel={Percentile of packets}, ylabel={Latency [$\mu$s]}, title style={yshift=-1ex, text width=0.37\linewidth, align=center, font=\scriptsize}
            """);
    }

    // Within a decade, 1, 2 and 5 would be two or three ticks.
    private static IEnumerable<double> Ticks(LogScale latency)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(latency.Low) + 1e-9));
        return latency.High > latency.Low * 10 ? latency.Ticks(TickRoom)
            : Enumerable.Range(1, 100).Where(n => n < 10 || n % 10 == 0).Select(n => n * decade).Where(t => t >= latency.Low && t <= latency.High);
    }

    private static void Curve(StringBuilder text, int curve, LatencyDistribution[] repeats)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\addplot[campaign {curve}] coordinates {{");
        var steps = (int)(Math.Log10(End(repeats)) * PointsPerDecade);
        for (var step = 0; step <= steps; step++)
        {
            var odds = Math.Pow(10, (double)step / PointsPerDecade);
            text.Append(CultureInfo.InvariantCulture, $"{(step % PointsPerLine == 0 ? "\n " : "")} ({odds:0.####},{Median(repeats, odds) / 1e3:0.####})");
        }

        text.Append("\n};\n");
    }

    private static void Legend(StringBuilder text, ImmutableArray<string> names)
    {
        if (names.Length == 1)
        {
            return;
        }

        text.Append("\\par\\smallskip\n");
        foreach (var (curve, name) in names.Index())
        {
            var entry = string.Create(CultureInfo.InvariantCulture, $"\\tikz[baseline=-0.6ex]\\draw[campaign {curve}] (0,0) -- (2em,0);~{LatexText.Escape(name)}");
            text.Append(name.Length <= UnbrokenName ? $"\\mbox{{{entry}}}" : entry).Append("\\quad\n");
        }
    }

    private static LatencyDistribution[] Repeats(CellAnalysis cell) => [.. cell.Counted.Select(t => t.Evaluation!.Latencies).Where(l => l.Count > 0)];

    /// <summary>1/(1−p) of the percentile up to which all repeats have packets enough.</summary>
    private static double End(LatencyDistribution[] repeats) => 1 / (1 - repeats.Min(l => OrderStatistics.Supportable(l.Count)));

    private static double Median(LatencyDistribution[] repeats, double odds) => OrderStatistics.Median(repeats.Select(l => (double)l.Percentile(1 - (1 / odds))));
}
