using Campaign.Captures;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>Median, p99 and maximum of each second of a trial, one set of lines per repeat.</summary>
internal static class SecondsPlot
{
    public static readonly (string Name, Func<SecondSummary, long> Of)[] Lines = [("p50", s => s.P50), ("p99", s => s.P99), ("max", s => s.Max)];

    public static void Write(HtmlWriter html, string title, IReadOnlyList<LatencyEvaluation> trials)
    {
        var seconds = trials.SelectMany(t => t.Seconds).Where(s => s.P50 > 0).ToArray();
        if (seconds.Length == 0)
        {
            return;
        }

        var last = Math.Max(1, seconds.Max(s => s.Second));
        var y = LogScale.Around(seconds.Min(s => s.P50), seconds.Max(s => s.Max), Frame.Bottom, Frame.Top);
        double X(int second) => Frame.Left + ((Frame.Right - Frame.Left) * second / last);
        Frame.Write(html, title, "Median, p99 and maximum of the packets sent in each second. summary.csv and the trials' files have the numbers.", () =>
        {
            Frame.Latencies(html, y);
            foreach (var (at, label) in TimeAxis.Ticks(last))
            {
                Frame.Tick(html, Frame.Left + ((Frame.Right - Frame.Left) * at / last), label);
            }

            Frame.Bottoms(html, "second");
            for (var line = 0; line < Lines.Length; line++)
            {
                foreach (var trial in trials)
                {
                    html.Empty(
                        FormattableString.Invariant($"path.m.s{line}.d{line}"),
                        ("d", Polyline.Of([.. trial.Seconds.Where(s => s.P50 > 0).Select(s => (X(s.Second), y.At(Lines[line].Of(s))))])));
                }
            }
        });
    }
}
