using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>A logarithmic axis of ratios with 1 in its middle: twice and half are equally far from it.</summary>
/// <param name="Bound">The ratio at one end; its reciprocal is at the other.</param>
internal sealed record RatioScale(double Bound)
{
    private static readonly ImmutableArray<double> Bounds = [1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 1000];

    /// <summary>The smallest that shows every interval and every matched cell of the contrasts, or the largest that can still be read.</summary>
    public static RatioScale Of(IEnumerable<Contrast> contrasts)
    {
        var furthest = contrasts.SelectMany(c => c.Effects).OfType<LevelEffect>()
            .SelectMany(e => (double[])[e.Ratio.Ratio, .. e.Interval is { } i ? new[] { i.Low, i.High } : [], .. e.Ratio.Differences.Select(Math.Exp)])
            .Select(r => Math.Exp(Math.Abs(Math.Log(r)))).DefaultIfEmpty(1).Max();
        return new RatioScale(Bounds.FirstOrDefault(b => b >= furthest, Bounds[^1]));
    }

    /// <summary>Both ends, 1, and what fits in between.</summary>
    public IEnumerable<double> Ticks => Bound > 4 ? [1 / Bound, 1 / Math.Sqrt(Bound), 1, Math.Sqrt(Bound), Bound] : [1 / Bound, 1, Bound];

    /// <summary>The place of a ratio, 0 at the low end and 1 at the high end; what lies beyond is at the end.</summary>
    public double Share(double ratio) => Math.Clamp((1 + (Math.Log(Math.Clamp(ratio, 1e-9, 1e9)) / Math.Log(Bound))) / 2, 0, 1);

    /// <summary>Height of a ratio in a panel whose ratios rise upwards.</summary>
    /// <param name="ratio">Above 0.</param>
    /// <param name="top">Coordinate of the high end.</param>
    /// <param name="bottom">Coordinate of the low end.</param>
    public double Height(double ratio, double top, double bottom) => bottom - ((bottom - top) * Share(ratio));

    /// <summary>Lines across such a panel, with their labels.</summary>
    public IEnumerable<Markup> Grid(double top, double bottom)
    {
        foreach (var tick in Ticks)
        {
            var y = Height(tick, top, bottom);
            yield return Panel.Path(tick == 1 ? "one" : "g", new PathData().Move(Panel.Left, y).Line(Panel.Right, y));
            yield return Panel.Text(Panel.Left - 6, y + 4, "e", Label(tick));
        }
    }

    /// <summary><c>0.001</c>, <c>0.67</c>, <c>1</c>, <c>3.2</c>, <c>100</c>.</summary>
    public static string Label(double ratio) => ratio.ToString(ratio < 0.01 ? "0.###" : ratio < 2 ? "0.##" : ratio < 10 ? "0.#" : "0", CultureInfo.InvariantCulture);
}
