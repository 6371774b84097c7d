using Campaign.Captures;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>The worst packets of each trial over time: stalls show as columns, periodic ones at even distances.</summary>
internal static class WorstPlot
{
    /// <param name="html">Where to.</param>
    /// <param name="title">What is shown.</param>
    /// <param name="series">Evaluations by level.</param>
    /// <param name="y">The scale, the same for all panels of a comparison.</param>
    public static void Write(HtmlWriter html, string title, IReadOnlyList<(string Name, IReadOnlyList<LatencyEvaluation> Trials)> series, LogScale y)
    {
        var seconds = Math.Max(1e-3, series.SelectMany(s => s.Trials).Max(e => (e.Pre.LastTimestamp - e.Pre.FirstTimestamp) / 1e9));
        double At(LatencyEvaluation evaluation, WorstPacket packet) =>
            Frame.Left + ((Frame.Right - Frame.Left) * Math.Clamp((packet.PreTimestamp - evaluation.Pre.FirstTimestamp) / 1e9 / seconds, 0, 1));
        Frame.Write(html, title, "Each dot is one of the worst packets, at the time at which it was sent. worst.csv of each trial has the numbers.", () =>
        {
            Frame.Latencies(html, y);
            foreach (var (at, label) in TimeAxis.Ticks(seconds))
            {
                Frame.Tick(html, Frame.Left + ((Frame.Right - Frame.Left) * at / seconds), label);
            }

            Frame.Bottoms(html, "seconds since the first packet");
            for (var level = 0; level < series.Count; level++)
            {
                var dots = series[level].Trials.SelectMany(e => e.Worst.Select(w => (At(e, w), y.At(w.Latency))));
                html.Empty(FormattableString.Invariant($"path.dots.s{level % 7}{(level % 2 == 1 ? ".square" : "")}"), ("d", Polyline.Dots(dots)));
            }
        });
    }
}
