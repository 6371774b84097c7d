using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Html.Sections;
using Campaign.Reporting.Svg;

namespace Campaign.Reporting.Html;

/// <summary>Curves and dots that the panels of the report use, each written once.</summary>
internal static class Drawings
{
    /// <summary>An SVG that takes no room in the flow; null when nothing was measured.</summary>
    public static Tag? Of(ReportInput input)
    {
        if (input.Drawable.IsEmpty)
        {
            return null;
        }

        var percentiles = new PercentilePlot(input.Drawable);
        var worst = new WorstPlot(input.Drawable);
        ImmutableArray<CellAnalysis> cells =
        [
            .. input.Analysis.Comparisons.Where(c => ComparisonSection.HasCurves(input, c)).SelectMany(c => ComparisonSection.Drawn(c)).SelectMany(g => g.Cells).Select(c => c.Value)
                .Concat(ComparisonSection.Alone(input))
                .Distinct().OrderBy(c => c.Index).Where(c => c.Counted.Any(input.Drawable.Contains)),
        ];
        return new Tag("svg", ("class", "defs"), ("width", "1"), ("height", "1"), ("aria-hidden", "true"))
        {
            new Tag("defs")
            {
                percentiles.Frame(), worst.IsEmpty ? null : worst.Frame(), new SecondsPlot(input.Drawable, ImmutableDictionary<string, ImmutableArray<long>>.Empty).Frame(),
                cells.SelectMany(c => c.Counted).Where(input.Drawable.Contains).Select(percentiles.Curve),
                cells.Select(percentiles.Median),
                worst.IsEmpty ? [] : cells.Select(worst.Dots),
            },
        };
    }
}
