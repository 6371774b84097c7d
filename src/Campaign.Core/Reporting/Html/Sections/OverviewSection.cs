using System.Collections.Immutable;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Every cell with all of its figures.</summary>
internal static class OverviewSection
{
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
        yield return new Tag("p", ("class", "lead"))
        {
            "Median of the repeats that count, in microseconds; below it the smallest and the largest repeat. The tint repeats what the numbers say: none at the smallest figure of a column, full from eight times that.",
        };
        yield return Table.Of(
            "Latency of every cell, in µs", "matrix",
            [.. input.Sweep.Axes.Select(a => a.Name), "trials", .. Measure.All.Select(m => "#" + m.Name)],
            Table.Body(cells.Select(c => Row(input, c, columns))));
        if (columns.Where(c => c.Needs(cells)).ToArray() is { Length: > 0 } withheld)
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

    /// <summary>One figure of all cells: what their numbers have in common.</summary>
    private sealed class FigureColumn
    {
        private const int Tints = 9;

        private readonly MicrosecondFormat _format;
        private readonly double _smallest;

        public FigureColumn(Measure measure, ImmutableArray<CellAnalysis> cells)
        {
            Measure = measure;
            ImmutableArray<Spread> spreads = [.. cells.Select(c => c[measure].Spread).OfType<Spread>()];
            _format = new MicrosecondFormat(spreads.SelectMany(s => new[] { s.Low, s.Median, s.High }));
            _smallest = spreads.Select(s => s.Median).Where(m => m > 0).DefaultIfEmpty(1).Min();
        }

        public Measure Measure { get; }

        public bool Needs(ImmutableArray<CellAnalysis> cells) => cells.Any(c => !c.Counted.IsEmpty && c[Measure].Spread is null);

        public Tag Cell(CellAnalysis cell) => cell[Measure] is { Spread: { } spread }
            ? new Tag("td", ("class", $"h{Tint(spread.Median)}"))
            {
                _format[spread.Median],
                spread.Repeats > 1 ? new Tag("small") { $"{_format[spread.Low]}–{_format[spread.High]}" } : new Tag("small") { "single run" },
            }
            : new Tag("td", ("class", "none"), ("title", cell[Measure].Withheld)) { "–" };

        private int Tint(double median) => median <= _smallest ? 0 : (int)Math.Min(Tints, Math.Round(Tints / 3.0 * Math.Log2(median / _smallest)));
    }
}
