using System.Collections.Immutable;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>One figure of all cells: what their numbers have in common.</summary>
internal sealed class FigureColumn
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

    /// <summary>Microseconds, with as many decimals as all of the column.</summary>
    public string Text(double nanoseconds) => _format[nanoseconds];

    /// <summary>0 at the smallest figure of the column, 9 from eight times that.</summary>
    public int Tint(double median) => median <= _smallest ? 0 : (int)Math.Min(Tints, Math.Round(Tints / 3.0 * Math.Log2(median / _smallest)));

    public Tag Cell(CellAnalysis cell) => cell[Measure] is { Spread: { } spread }
        ? new Tag("td", ("class", $"h{Tint(spread.Median)}"))
        {
            Text(spread.Median),
            spread.Repeats > 1 ? new Tag("small") { $"{Text(spread.Low)}–{Text(spread.High)}" } : new Tag("small") { "single run" },
        }
        : new Tag("td", ("class", "none"), ("title", cell[Measure].Withheld)) { "–" };
}
