using System.Globalization;
using System.Text;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>A table of all cells and a plot of their percentiles as fragments of LaTeX, to be read with <c>\input</c>.</summary>
internal static class LatexReport
{
    private const int PointsPerDecade = 20;

    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        var label = new ValueLabel(sweep.Axes);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"% {Escape(sweep.Campaign)}/{Escape(sweep.Id)}: needs \\usepackage{{booktabs}}, \\usepackage{{pgfplots}} and \\pgfplotsset{{compat=1.18}}.\n");
        Table(text, sweep, analysis, label);
        Plot(text, analysis, label);
        return text.ToString();
    }

    private static void Table(StringBuilder text, SweepRecord sweep, SweepAnalysis analysis, ValueLabel label)
    {
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{{new string('l', sweep.Axes.Length)}{new string('r', Measure.All.Length)}}}\n\\toprule\n");
        Row(text, [.. sweep.Axes.Select(a => a.Name), .. Measure.All.Select(m => m.Name)]);
        text.Append("\\midrule\n");
        foreach (var cell in analysis.Cells)
        {
            Row(text,
            [
                .. sweep.Axes.Select(a => cell.ValueOf(a.Name) is { } value ? label.Of(a.Name, value) : ""),
                .. cell.Figures.Select(f => f.Spread is { } spread ? (spread.Median / 1e3).ToString("0.00", CultureInfo.InvariantCulture) : "–"),
            ]);
        }

        text.Append("\\bottomrule\n\\end{tabular}\n\n");
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells.Select(Escape)).Append(" \\\\\n");

    private static void Plot(StringBuilder text, SweepAnalysis analysis, ValueLabel label)
    {
        text.Append("""
            \begin{tikzpicture}
            \begin{axis}[xmode=log, ymode=log, xlabel={Percentile}, ylabel={Latency [µs]}, legend pos=outer north east, cycle list name=exotic,
              xtick={1,10,100,1000,10000,100000,1000000}, xticklabels={0,90,99,99.9,99.99,99.999,99.9999}]

            """);
        foreach (var cell in analysis.Cells)
        {
            LatencyDistribution[] repeats = [.. cell.Counted.Select(t => t.Evaluation!.Latencies).Where(l => l.Count > 0)];
            if (repeats.Length == 0)
            {
                continue;
            }

            var end = Math.Log10(1 / (1 - repeats.Min(l => OrderStatistics.Supportable(l.Count))));
            text.Append("\\addplot+[no marks] coordinates {");
            for (var step = 0; step <= end * PointsPerDecade; step++)
            {
                var odds = Math.Pow(10, (double)step / PointsPerDecade);
                var median = OrderStatistics.Median(repeats.Select(l => (double)l.Percentile(1 - (1 / odds))));
                text.Append(CultureInfo.InvariantCulture, $" ({odds:G5},{median / 1e3:G5})");
            }

            text.Append(CultureInfo.InvariantCulture, $" }};\n\\addlegendentry{{{Escape(label.Of(cell.Values))}}}\n");
        }

        text.Append("\\end{axis}\n\\end{tikzpicture}\n");
    }

    /// <summary>The one place where text becomes LaTeX: it stands for itself, on one line.</summary>
    private static string Escape(string plain)
    {
        var text = new StringBuilder();
        foreach (var character in plain)
        {
            text.Append(character switch
            {
                '\\' => "\\textbackslash{}",
                '~' => "\\textasciitilde{}",
                '^' => "\\textasciicircum{}",
                '&' or '%' or '$' or '#' or '_' or '{' or '}' => "\\" + character,
                '–' => "--",
                _ when char.IsControl(character) => " ",
                _ => character.ToString(),
            });
        }

        return text.ToString();
    }
}
