using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>A contrast of two levels: for each figure the ratio with its 95 % interval (thin) and its 90 % interval (thick), and every matched cell as a dot.</summary>
/// <param name="scale">Shared by all contrasts of an axis.</param>
internal sealed class ForestPlot(RatioScale scale)
{
    private const double Left = 62;
    private const double Right = 262;
    private const double Top = 18;
    private const double Row = 20;

    /// <param name="title">The two levels, and what their cells share.</param>
    /// <param name="contrast">With at least one effect.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public Tag Draw(string title, Contrast contrast, string table)
    {
        LevelEffect[] effects = [.. contrast.Effects.OfType<LevelEffect>()];
        var bottom = Top + (Row * effects.Length);
        List<Markup> content = [Rectangle(X(1 / (1 + LevelEffect.Margin)), X(1 + LevelEffect.Margin), Top, bottom)];
        foreach (var tick in scale.Ticks)
        {
            content.Add(Panel.Path(tick == 1 ? "one" : "g", new PathData().Move(X(tick), Top).Line(X(tick), bottom)));
            content.Add(Panel.Text(X(tick), bottom + 15, "c", RatioScale.Label(tick)));
        }

        foreach (var (row, effect) in effects.Index())
        {
            content.AddRange(Draw(effect, Top + ((row + 0.5) * Row)));
        }

        content.Add(Panel.Text(Panel.Right, 11, "e", "ratio (95 % interval)"));
        content.Add(Panel.Text(Left, bottom + 31, "s", "lower"));
        content.Add(Panel.Text(Right, bottom + 31, "e", "higher"));
        return Panel.Of(
            bottom + 36, $"Ratio at each percentile: {title}", "A row for each figure: dots are matched cells, the bar is the interval, the band is ±5 %. The numbers are in the table of this axis.", content,
            ("data-table", table));
    }

    private IEnumerable<Markup> Draw(LevelEffect effect, double y)
    {
        var dots = new PathData();
        foreach (var place in effect.Ratio.Differences.Select(d => Math.Round(X(Math.Exp(d)))).Distinct().Order())
        {
            dots.Move(place, y + 6).Line(place, y + 6);
        }

        yield return Panel.Text(Left - 6, y + 4, "e", effect.Measure.Name);
        yield return Panel.Path("d dot", dots);
        if (effect.Interval is { } interval)
        {
            yield return Panel.Path("wide", new PathData().Move(X(interval.Low), y).Line(X(interval.High), y));
        }

        if (effect.Narrow is { } narrow)
        {
            yield return Panel.Path("narrow", new PathData().Move(X(narrow.Low), y).Line(X(narrow.High), y));
        }

        yield return Panel.Path("best", new PathData().Move(X(effect.Ratio.Ratio), y - 5).Line(X(effect.Ratio.Ratio), y + 5));
        yield return Panel.Text(Panel.Right, y + 4, "e", Words(effect));
    }

    private static string Words(LevelEffect effect) => effect.Interval is { } i
        ? $"{RatioText.Of(effect.Ratio.Ratio)} ({(RatioText.IsTooWide(i) ? "open" : RatioText.Of(i))})"
        : $"{RatioText.Of(effect.Ratio.Ratio)} (no interval)";

    private static Tag Rectangle(double left, double right, double top, double bottom) => new(
        "rect", ("class", "band"), ("x", PathData.Number(left)), ("y", PathData.Number(top)), ("width", PathData.Number(right - left)), ("height", PathData.Number(bottom - top)));

    private double X(double ratio) => Left + ((Right - Left) * scale.Share(ratio));
}
