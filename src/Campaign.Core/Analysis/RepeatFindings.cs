using System.Globalization;

namespace Campaign.Analysis;

/// <summary>How far apart the repeats of one cell are: what no comparison can see below.</summary>
internal static class RepeatFindings
{
    private const double Notable = 1.2;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var single = evidence.Cells.Count(c => c.Counted.Length == 1);
        if (single > 0)
        {
            yield return new Finding(
                FindingKind.Caution, $"{Plural.Of(single, "cell")} with a single run that counts: descriptive only, without a range.", Evidence.Overview);
        }

        var spread = Widest(evidence.Cells);
        if (spread is { } widest)
        {
            yield return new Finding(
                FindingKind.Caution,
                string.Create(CultureInfo.InvariantCulture, $"Repeats of one and the same cell differ by up to {widest.Spread.High / widest.Spread.Low:0.0}× at {widest.Measure.Name} ({evidence.Label.Of(widest.Cell.Values)}): read every difference beside the ranges."),
                Evidence.Overview);
        }
    }

    private static (CellAnalysis Cell, Measure Measure, Spread Spread)? Widest(IEnumerable<CellAnalysis> cells)
    {
        // The highest percentile that the cell states: extremes of repeats differ by nature.
        var spreads =
            from cell in cells
            let figure = cell.Figures.LastOrDefault(f => f is { Measure.Percentile: not null, Spread: { Repeats: > 1, Low: > 0 } })
            where figure is not null && figure.Spread!.High / figure.Spread.Low > Notable
            orderby figure.Spread!.High / figure.Spread.Low descending
            select ((CellAnalysis, Measure, Spread)?)(cell, figure.Measure, figure.Spread!);
        return spreads.FirstOrDefault();
    }
}
