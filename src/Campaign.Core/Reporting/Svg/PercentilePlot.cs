using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>
/// Latency over percentile with two logarithmic axes, as HdrHistogram plots it: x is 1/(1−p). One line per trial; beyond the largest percentile that
/// its packets support, the line is dotted.
/// </summary>
internal static class PercentilePlot
{
    private const int Points = 160;

    /// <param name="html">Where to.</param>
    /// <param name="title">What is compared.</param>
    /// <param name="series">Trials by level.</param>
    public static void Write(HtmlWriter html, string title, IReadOnlyList<(string Name, IReadOnlyList<LatencyDistribution> Trials)> series)
    {
        LatencyDistribution[] all = [.. series.SelectMany(s => s.Trials)];
        var x = new LogScale(1, Math.Max(100, all.Max(d => d.Count)), Frame.Left, Frame.Right);
        var y = LogScale.Around(all.Min(d => d.Values[0]), all.Max(d => d.Values[^1]), Frame.Bottom, Frame.Top);
        Frame.Write(html, title, "Latency over percentile, both axes logarithmic. The table of the overview has the numbers.", () =>
        {
            Frame.Latencies(html, y);
            foreach (var (at, label) in Ticks(x.To))
            {
                Frame.Tick(html, x.At(at), label);
            }

            Frame.Bottoms(html, "percentile");
            for (var level = 0; level < series.Count; level++)
            {
                foreach (var trial in series[level].Trials)
                {
                    Line(html, x, y, trial, FormattableString.Invariant($".s{level % 7}.d{level % 7}"));
                }
            }
        });
    }

    private static void Line(HtmlWriter html, LogScale x, LogScale y, LatencyDistribution trial, string style)
    {
        var end = Math.Log10(trial.Count);
        var supported = 1 / (1 - OrderStatistics.LargestSupported(trial.Count));
        var curve = Enumerable.Range(0, Points + 1)
            .Select(i => Math.Pow(10, end * i / Points))
            .Select(inverse => (Inverse: inverse, Point: (X: x.At(inverse), Y: y.At(trial.Percentile(Math.Clamp(1 - (1 / inverse), 0, 1))))))
            .ToArray();
        (double X, double Y)[] sure = [.. curve.Where(c => c.Inverse <= supported).Select(c => c.Point)];
        html.Empty("path.m" + style, ("d", Polyline.Of(sure)));
        html.Empty("path.l.beyond" + style[..3], ("d", Polyline.Of([.. sure.TakeLast(1), .. curve.Where(c => c.Inverse > supported).Select(c => c.Point)])));
    }

    private static IEnumerable<(double At, string Label)> Ticks(double to)
    {
        yield return (1, "0");
        var label = "90";
        for (var at = 10.0; at <= to; at *= 10)
        {
            yield return (at, label);
            label = label == "90" ? "99" : label == "99" ? "99.9" : label + "9";
        }
    }
}
