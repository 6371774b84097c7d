using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>A cell second by second, its repeats beside each other: latencies above, packets below.</summary>
internal sealed class SecondsPlot
{
    private const double Top = 24;
    private const double Middle = 124;
    private const double PacketTop = 166;
    private const double Bottom = 216;
    private const double Gap = 6;
    private const int AtMost = 120;

    private readonly LogScale _latency;

    private readonly ImmutableDictionary<string, ImmutableArray<long>> _interrupts;

    /// <param name="trials">All that count, at least one of them with packets.</param>
    /// <param name="interrupts">Interrupts in each second, by trial id; may be empty.</param>
    public SecondsPlot(ImmutableArray<TrialAnalysis> trials, ImmutableDictionary<string, ImmutableArray<long>> interrupts)
    {
        _interrupts = interrupts;
        var seconds = trials.SelectMany(t => t.Evaluation!.Seconds).Where(s => s.Max > 0).ToArray();
        _latency = LogScale.Around(seconds.Select(s => s.P50 > 0 ? s.P50 : s.Max).DefaultIfEmpty(1).Min(), seconds.Select(s => s.Max).DefaultIfEmpty(10).Max(), Middle, Top);
    }

    /// <summary>Grid and ticks of the latencies, which all panels share.</summary>
    public Tag Frame()
    {
        var frame = new Tag("g", ("id", "sf"), ("data-y", _latency.Data));
        foreach (var tick in _latency.Ticks(Panel.TextHeight))
        {
            frame.Add(Panel.Path("g", new PathData().Move(Panel.Left, _latency[tick]).Line(Panel.Right, _latency[tick])));
            frame.Add(Panel.Text(Panel.Left - 6, _latency[tick] + 4, "e", LatencyTicks.Label(tick)));
        }

        frame.Add(Panel.Text(0, 11, "s", "latency in µs"));
        frame.Add(Panel.Text(0, Middle + 27, "s", "packets each second"));
        return frame;
    }

    /// <param name="title">Values of the cell.</param>
    /// <param name="cell">With at least one trial that counts.</param>
    public Tag Draw(string title, CellAnalysis cell)
    {
        var packets = new LinearScale(Math.Max(1, cell.Counted.SelectMany(t => Thin(t)).Select(s => s.Sent).DefaultIfEmpty(0).Max()), Bottom, PacketTop);
        var width = (Panel.Right - Panel.Left - (Gap * (cell.Counted.Length - 1))) / cell.Counted.Length;
        List<Markup> content = [Panel.Use("sf")];
        foreach (var tick in new[] { 0, packets.Ticks.Last() })
        {
            content.Add(Panel.Path("g", new PathData().Move(Panel.Left, packets[tick]).Line(Panel.Right, packets[tick])));
            content.Add(Panel.Text(Panel.Left - 6, packets[tick] + 4, "e", Plural.Number((long)tick)));
        }

        var most = cell.Counted.SelectMany(t => _interrupts.GetValueOrDefault(t.Id, [])).DefaultIfEmpty(0).Max();
        var interrupts = new LinearScale(Math.Max(1, most), Bottom, PacketTop);
        if (most > 0)
        {
            content.Add(Panel.Text(Panel.Right, Middle + 27, "e", $"interrupts: up to {Plural.Number(most)}"));
        }

        foreach (var (index, trial) in cell.Counted.Index())
        {
            var from = Panel.Left + (index * (width + Gap));
            content.Add(new Tag("g", ("data-r", Panel.Data(trial.Repeat)), ("data-x", Panel.Data(from, width / Math.Max(1, Thin(trial).Length))), ("data-n", Panel.Data(Thin(trial).Length)))
            {
                Trial(trial, packets, interrupts, from, width),
            });
            content.Add(Panel.Text(from + (width / 2), Bottom + 16, "c", $"repeat {trial.Repeat}"));
        }

        return Panel.Of(Bottom + 22, $"Second by second: {title}", most > 0 ? "Median, p99.9 and largest latency; packets sent, received and lost; interrupts on the packet CPUs." : "Median, p99.9 and largest latency; packets sent, received and lost.", content, ("data-p", packets.Data), ("data-i", most > 0 ? interrupts.Data : null));
    }

    private IEnumerable<Markup> Trial(TrialAnalysis trial, LinearScale packets, LinearScale interrupts, double from, double width)
    {
        var seconds = Thin(trial);
        var each = width / seconds.Length;
        Tag Steps(string kind, Func<SecondSummary, double?> height) => Panel.Path(kind, StepLine(seconds, from, each, height));
        yield return Steps("a", s => s.Max > 0 ? _latency[s.Max] : null);
        yield return Steps("b", s => s.Received >= Measure.P999.Needs && s.P999 > 0 ? _latency[s.P999] : null);
        yield return Steps("q", s => s.P50 > 0 ? _latency[s.P50] : null);
        yield return Steps("q", s => packets[s.Sent]);
        yield return Steps("b", s => packets[s.Received]);
        if (seconds.Any(s => s.Lost > 0))
        {
            yield return Steps("z", s => s.Lost > 0 ? packets[s.Lost] : null);
        }

        if (_interrupts.GetValueOrDefault(trial.Id, []) is { Length: > 0 } counts)
        {
            yield return Steps("i", s => s.Second < counts.Length ? interrupts[counts[s.Second]] : null);
        }
    }

    private static PathData StepLine(ImmutableArray<SecondSummary> seconds, double from, double each, Func<SecondSummary, double?> height)
    {
        var path = new PathData();
        var down = false;
        foreach (var (index, second) in seconds.Index())
        {
            if (height(second) is { } y)
            {
                _ = down ? path.Line(from + (index * each), y) : path.Move(from + (index * each), y);
                path.Line(from + ((index + 1) * each), y);
            }

            down = height(second) is not null;
        }

        return path;
    }

    // A long trial: as many seconds as can be told apart, each the one with the largest latency of its neighbours.
    private static ImmutableArray<SecondSummary> Thin(TrialAnalysis trial)
    {
        var seconds = trial.Evaluation!.Seconds;
        var size = (seconds.Length + AtMost - 1) / AtMost;
        return size <= 1 ? seconds : [.. seconds.Chunk(size).Select(c => c.MaxBy(s => s.Max))];
    }
}
