using System.Globalization;
using System.Text;
using Campaign.Analysis;

namespace Campaign.Reporting.Texts;

/// <summary>Every cell with its figures, in tables that fit a page. A table that is wider than the column is made smaller.</summary>
internal static class LatexTable
{
    private const int RowsPerTable = 40;
    private const string What = "Latency of each cell: the median of its repeats, where there are packets enough to state it.";

    public static void Append(StringBuilder text, LatexAbout about, SweepAnalysis analysis)
    {
        Measure[] stated = [.. Measure.All.Where(m => analysis.Cells.Any(c => c[m].Spread is not null))];
        if (Measure.All.Except(stated).ToArray() is { Length: > 0 } withheld)
        {
            text.Append(CultureInfo.InvariantCulture, $"% No cell has enough packets for {string.Join(", ", withheld.Select(m => m.Name))}.\n");
        }

        var format = new MicrosecondFormat(analysis.Cells.SelectMany(c => stated.Select(m => c[m].Spread?.Median)).OfType<double>());
        foreach (var (number, cells) in analysis.Cells.Chunk(RowsPerTable).Index())
        {
            text.Append("\n\\begin{table}[tbp]\n\\centering\\footnotesize\n").Append(about.Caption("tab", number, What));
            text.Append("\\par\\medskip\n\\setlength{\\tabcolsep}{4pt}\n\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%\n");
            Head(text, about, stated);
            foreach (var (row, cell) in cells.Index())
            {
                if (row > 0 && about.Swept.Length > 1 && cell.ValueOf(about.Swept[0].Name) != cells[row - 1].ValueOf(about.Swept[0].Name))
                {
                    text.Append("\\addlinespace\n");
                }

                Row(text,
                [
                    .. about.Swept.Select(a => cell.ValueOf(a.Name) is { } value ? about.Label.Of(a.Name, value) : ""),
                    .. stated.Select(m => cell[m].Spread is { } spread ? format[spread.Median] : "–"),
                ]);
            }

            text.Append("\\bottomrule\n\\end{tabular}}\n\\end{table}\n");
        }
    }

    private static void Head(StringBuilder text, LatexAbout about, Measure[] stated)
    {
        var axes = about.Swept.Length;
        text.Append(CultureInfo.InvariantCulture, $"\\begin{{tabular}}{{@{{}}{new string('l', axes)}{new string('r', stated.Length)}@{{}}}}\n\\toprule\n");
        if (stated.Length > 0)
        {
            text.Insert(text.Length, "& ", axes).Append(CultureInfo.InvariantCulture, $"\\multicolumn{{{stated.Length}}}{{c@{{}}}}{{Latency [$\\mu$s]}} \\\\\n");
            text.Append(CultureInfo.InvariantCulture, $"\\cmidrule(l){{{axes + 1}-{axes + stated.Length}}}\n");
        }

        Row(text, [.. about.Swept.Select(a => a.Name), .. stated.Select(m => m.Name)]);
        text.Append("\\midrule\n");
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(" & ", cells.Select(LatexText.Escape)).Append(" \\\\\n");
}
