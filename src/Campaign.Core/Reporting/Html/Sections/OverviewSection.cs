using System.Collections.Immutable;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Every cell with all of its figures.</summary>
internal static class OverviewSection
{
    private const int OpenAtMost = 24;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var cells = input.Analysis.Cells;
        if (input.OnlyRecorded)
        {
            yield return new Tag("p")
            {
                $"No trial has latencies. {Plural.Of(cells.Count(c => !c.Metrics.IsEmpty), "cell")} of {cells.Length} have figures that were recorded: ", new Tag("a", ("href", "#recorded")) { "drawings and table" }, ".",
            };
            yield break;
        }

        ImmutableArray<FigureColumn> columns = [.. Measure.All.Select(m => new FigureColumn(m, cells))];
        Markup[] matrix = [.. OverviewMatrix.Of(input)];
        yield return new Tag("p", ("class", "lead"))
        {
            "Median of the repeats that count, in microseconds. The tint repeats what the numbers say: none at the smallest figure of a table's column or of a matrix, full from eight times that.",
            matrix.Length == 0 ? " Below the median: the smallest and the largest repeat." : " ×1.6: the largest repeat is 1.6 times the smallest, told from 1.2 on. A dashed edge: some of the planned repeats do not count.",
        };
        foreach (var part in matrix)
        {
            yield return part;
        }

        var isOpen = matrix.Length == 0 || cells.Length <= OpenAtMost;
        yield return new Tag("details", ("id", "cells"), ("open", isOpen ? "" : null))
        {
            new Tag("summary") { $"All figures of {Plural.Of(cells.Length, "cell")}" },
            Table.Of(
                "Latency of every cell, in µs: median, smallest and largest repeat", "matrix",
                [.. input.Sweep.Axes.Select(a => a.Name), "trials", .. Measure.All.Select(m => "#" + m.Name)],
                Table.Body(cells.Select(c => Row(input, c, columns)))),
        };
        if (columns.Where(c => c.Measure.Percentile is not null && c.Needs(cells)).ToArray() is { Length: > 0 } withheld)
        {
            yield return new Tag("p", ("class", "note"))
            {
                $"– is not stated. A percentile needs enough packets in one trial to have a finite upper confidence bound (95 %): {string.Join("; ", withheld.Select(c => $"{c.Measure.Name} {Plural.Number(c.Measure.Needs)}"))}. A cell without any trial that counts states nothing.",
            };
        }
    }

    private static Tag Row(ReportInput input, CellAnalysis cell, ImmutableArray<FigureColumn> columns) =>
        new("tr")
        {
            input.Sweep.Axes.Select(a => Table.RowHeader(cell.ValueOf(a.Name) is { } value ? input.Label.Of(a.Name, value) : "")),
            new Tag("td", ("class", "states")) { StateWords.Of(cell) },
            columns.Select(c => c.Cell(cell)),
        };
}
