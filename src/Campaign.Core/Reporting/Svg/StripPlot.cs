using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Html;
using Campaign.Storage;

namespace Campaign.Reporting.Svg;

/// <summary>The ratio of two levels in every matched cell, along another axis: where pooling would hide that a level helps here and harms there.</summary>
/// <param name="scale">Shared by all contrasts of an axis.</param>
/// <param name="label">Text of a level of the other axis.</param>
internal sealed class StripPlot(RatioScale scale, Func<AxisRecord, Definition.Value, string> label)
{
    private const double Top = 10;
    private const double Bottom = 150;
    private const double LabelRoom = 66;

    /// <summary>What is drawn, in the order of its styles.</summary>
    public static readonly ImmutableArray<Measure> Lines = [Measure.P50, Measure.P999, Measure.Maximum];

    /// <param name="title">The two levels, and what their cells share.</param>
    /// <param name="contrast">With at least one effect.</param>
    /// <param name="along">The other axis.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public Tag Draw(string title, Contrast contrast, AxisRecord along, string table)
    {
        List<Markup> content = [.. scale.Grid(Top, Bottom)];
        var levels = new LevelScale(along);
        content.AddRange(levels.Ticks(LabelRoom).Select(t => Panel.Text(t.X, Bottom + 16, "c", label(along, t.Level))));
        foreach (var (style, measure) in Lines.Index())
        {
            content.AddRange(Line(style, [.. contrast.Pairs.Where(p => p.Ratio(measure) is not null).Select(p => (levels[p.Baseline.ValueOf(along.Name)], p.Ratio(measure)!.Value)).Where(p => p.Item1 is not null).Select(p => new Point(p.Item1!.Value, Y(p.Value)))]));
        }

        content.Add(Panel.Text(0, Bottom + 34, "s", "ratio"));
        content.Add(Panel.Text(Panel.Right, Bottom + 34, "e", along.Name));
        return Panel.Of(
            Bottom + 38, $"Ratio along {along.Name}: {title}", $"Every matched cell, with a line for each of {string.Join(", ", Lines.Select(m => m.Name))} through their means; above 1 the first level is slower.", content, ("data-table", table));
    }

    private static IEnumerable<Markup> Line(int style, Point[] points)
    {
        if (points.Length == 0)
        {
            yield break;
        }

        var dots = new PathData();
        foreach (var point in points.OrderBy(p => p.X))
        {
            dots.Move(point.X, point.Y).Line(point.X, point.Y);
        }

        // The mean of logarithms, since the scale is one.
        yield return Panel.Path($"m l{style}", new PathData().Through([.. points.GroupBy(p => p.X).OrderBy(g => g.Key).Select(g => new Point(g.Key, g.Average(p => p.Y)))]));
        yield return Panel.Path($"d l{style}", dots);
    }

    private double Y(double ratio) => scale.Height(ratio, Top, Bottom);
}
