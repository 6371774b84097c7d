using System.Globalization;
using Campaign.Analysis.Statistics;

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

        if (Between(evidence) is { } between)
        {
            yield return between;
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

    // What the usual repeat differs by, and what that asks of the next sweep.
    private static Finding? Between(Evidenced evidence)
    {
        var repeats = evidence.Cells.Select(c => Array.ConvertAll(c.Compared(Measure.P999), Math.Log)).Where(r => r.Length > 1);
        if (VarianceSplit.Of(repeats) is not { } split)
        {
            return null;
        }

        var deviation = Math.Sqrt(split.Within);
        var needed = RepeatAdvice.Repeats(deviation, LevelEffect.Margin);
        return new Finding(
            FindingKind.Result,
            string.Create(CultureInfo.InvariantCulture, $"Between repeats of one cell {Measure.P999.Name} varies by {Math.Exp(deviation) - 1:0.0 %} (standard deviation); {split.Correlation:0 %} of the variance lies between cells. {(needed >= RepeatAdvice.AtMost ? "No number of repeats that anybody makes" : $"About {Plural.Of(needed, "repeat")} of each cell")} would show a difference of 5 % between two cells; longer trials would not."),
            Evidence.Overview);
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
