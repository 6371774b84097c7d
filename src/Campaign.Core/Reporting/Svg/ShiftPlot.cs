using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>How the ratio of two levels runs along the percentiles, with the band of its 95 % interval: "slower at p99.9, quicker at p99.999" at one glance.</summary>
/// <param name="scale">Shared by all contrasts of an axis.</param>
internal sealed class ShiftPlot(RatioScale scale)
{
    private const double Top = 10;
    private const double Bottom = 150;

    /// <param name="title">The two levels, and what their cells share.</param>
    /// <param name="contrast">With at least one effect.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public Tag Draw(string title, Contrast contrast, string table)
    {
        List<Markup> content = [.. scale.Grid(Top, Bottom)];
        content.AddRange(Measure.Compared.Select((m, i) => Panel.Text(X(i), Bottom + 16, "c", m.Percentile is null ? m.Name : m.Name[1..])));
        (double X, LevelEffect Effect)[] effects = [.. contrast.Effects.Index().Where(e => e.Item is not null).Select(e => (X(e.Index), e.Item!))];
        var known = effects.Where(e => e.Effect.Interval is not null).ToArray();
        if (known.Length > 1)
        {
            content.Add(Panel.Path("fill", new PathData().Through(
                [.. known.Select(e => new Point(e.X, Y(e.Effect.Interval!.Value.High))), .. known.Reverse().Select(e => new Point(e.X, Y(e.Effect.Interval!.Value.Low)))])));
        }

        content.Add(Panel.Path("m l0", new PathData().Through([.. effects.Select(e => new Point(e.X, Y(e.Effect.Ratio.Ratio)))])));
        content.Add(Panel.Text(0, Bottom + 34, "s", "ratio"));
        return Panel.Of(
            Bottom + 38, $"Ratio along the percentiles: {title}", "The line is the ratio of the two levels, the band its 95 % interval; above 1 the first level is slower.", content, ("data-table", table));
    }

    private static double X(int measure) => Panel.Left + 16 + ((Panel.Right - Panel.Left - 32) * measure / (Measure.Compared.Length - 1));

    private double Y(double ratio) => scale.Height(ratio, Top, Bottom);
}
