using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>A figure of all cells at one glance: the axis with most levels across, every combination of the others down.</summary>
internal static class OverviewMatrix
{
    private const int CellsAtLeast = 6;
    private const int ColumnsAtMost = 24;
    private const double Wide = 1.2;

    private static readonly ImmutableArray<Measure> Shown = [Measure.P999, Measure.Maximum];

    /// <summary>One table for each figure; none where the table of all figures is as short.</summary>
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        AxisRecord[] axes = [.. input.Sweep.Axes.Where(a => a.Values.Length > 1)];
        var across = axes.Where(a => a.Values.Length <= ColumnsAtMost).MaxBy(a => a.Values.Length);
        if (axes.Length < 2 || across is null || input.Analysis.Cells.Length < CellsAtLeast)
        {
            yield break;
        }

        yield return new Tag("div", ("id", "matrix")) { Shown.Where(m => input.Analysis.Cells.Any(c => c[m].Spread is not null)).Select(m => Matrix(input, [.. axes.Where(a => a != across)], across, m)) };
    }

    private static Tag Matrix(ReportInput input, AxisRecord[] down, AxisRecord across, Measure measure)
    {
        var column = new FigureColumn(measure, input.Analysis.Cells);
        return Table.Of(
            $"{measure.Name} in µs, by {across.Name}", "matrix", [.. down.Select(a => a.Name), .. across.Values.Select(v => "#" + input.Label.Of(across.Name, v))],
            Table.Body(input.Analysis.Cells.GroupBy(c => string.Join('\n', down.Select(a => c.ValueOf(a.Name)?.Canonical))).Select(g => new Tag("tr")
            {
                down.Select(a => Table.RowHeader(g.First().ValueOf(a.Name) is { } value ? input.Label.Of(a.Name, value) : "")),
                across.Values.Select(v => Cell(g.FirstOrDefault(c => c.ValueOf(across.Name) == v), column)),
            })));
    }

    private static Tag Cell(CellAnalysis? cell, FigureColumn column)
    {
        if (cell is null)
        {
            return new Tag("td", ("class", "none"), ("title", "Not planned.")) { "" };
        }

        var partial = cell.Counted.Length < cell.Planned ? " part" : "";
        return cell[column.Measure].Spread is { } spread
            ? new Tag("td", ("class", $"h{column.Tint(spread.Median)}{partial}"))
            {
                new Tag("a", ("href", "#t" + cell.Trials[0].Id)) { column.Text(spread.Median) },
                spread.High > Wide * spread.Low ? new Tag("small") { "×" + (spread.High / spread.Low).ToString("0.0", CultureInfo.InvariantCulture) } : null,
            }
            : new Tag("td", ("class", "none" + partial), ("title", cell[column.Measure].Withheld)) { "–" };
    }
}
