using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>
/// The largest latencies over the time of the trial: one strip for each level, above each other, so that none hides another. Packets that fall on the same spot are drawn once.
/// </summary>
internal sealed class WorstPlot
{
    private const double StripHeight = 100;
    private const double StripTop = 18;
    private const double Grid = 2.5;

    private readonly LogScale _latency;
    private readonly LinearScale _time;

    /// <param name="trials">All that count, at least one of them with packets.</param>
    public WorstPlot(ImmutableArray<TrialAnalysis> trials)
    {
        var worst = trials.Select(t => t.Evaluation!.Worst).Where(w => !w.IsEmpty).ToArray();
        IsEmpty = worst.Length == 0;
        _latency = LogScale.Around(worst.Select(w => w[^1].Latency).DefaultIfEmpty(1).Min(), worst.Select(w => w[0].Latency).DefaultIfEmpty(10).Max(), StripHeight, StripTop);
        _time = new LinearScale(trials.Select(Seconds).DefaultIfEmpty(1).Max(), Panel.Left, Panel.Right);
    }

    /// <summary>Whether no trial tells its largest latencies, as imports of histograms do not: then there is nothing to draw.</summary>
    public bool IsEmpty { get; }

    /// <summary>Grid and ticks of one strip.</summary>
    public Tag Frame()
    {
        var frame = new Tag("g", ("id", "wf"), ("data-x", _time.Data), ("data-y", _latency.Data));
        ImmutableArray<double> ticks = [.. _latency.Ticks(Panel.TextHeight)];
        foreach (var tick in ticks)
        {
            frame.Add(Panel.Path("g", new PathData().Move(Panel.Left, _latency[tick]).Line(Panel.Right, _latency[tick])));
        }

        frame.Add(ticks.Select(t => Panel.Text(Panel.Left - 6, _latency[t] + 4, "e", LatencyTicks.Label(t))));
        return frame;
    }

    /// <summary>The packets of all repeats of a cell that count.</summary>
    public Tag Dots(CellAnalysis cell)
    {
        var spots = new SortedSet<(int Row, int Column)>();
        foreach (var evaluation in cell.Counted.Select(t => t.Evaluation!))
        {
            foreach (var packet in evaluation.Worst)
            {
                var seconds = (packet.PreTimestamp - evaluation.Pre.FirstTimestamp) / 1e9;
                spots.Add(((int)(_latency[packet.Latency] / Grid), (int)((_time[seconds] - Panel.Left) / Grid)));
            }
        }

        return new Tag("path", ("id", $"w{cell.Index}"), ("d", Runs(spots).ToString()));
    }

    /// <summary>The cells of a matched group in one panel.</summary>
    /// <param name="title">What the cells share.</param>
    /// <param name="cells">With the number and the name of their level.</param>
    public Tag Draw(string title, ImmutableArray<(int Level, string Name, CellAnalysis Cell)> cells)
    {
        var bottom = cells.Length * StripHeight;
        List<Markup> content = [];
        foreach (var (row, (level, name, cell)) in cells.Index())
        {
            var y = row * StripHeight;
            content.Add(Panel.Use("wf", y: y));
            content.Add(Panel.Text(Panel.Left, y + 12, $"s {LevelStyle.Text(level)}", cell.Counted.IsEmpty ? $"{name}: no trial counts" : name));
            if (!cell.Counted.IsEmpty)
            {
                content.Add(Panel.Use($"w{cell.Index}", $"d {LevelStyle.Line(level)}", y));
            }
        }

        content.AddRange(_time.Ticks.Select(t => Panel.Text(_time[t], bottom + 16, "c", FormattableString.Invariant($"{t:0.###}"))));
        content.Add(Panel.Text(Panel.Right, bottom + 32, "e", "seconds since the first packet"));
        content.Add(Panel.Text(0, bottom + 32, "s", "latency in µs"));
        return Panel.Of(
            bottom + 38, $"The largest latencies over time: {title}",
            $"One strip for each of {string.Join(", ", cells.Select(c => c.Name))}; every packet is in the trials' worst.csv.", content);
    }

    private static double Seconds(TrialAnalysis trial) =>
        Math.Max(1e-3, (trial.Evaluation!.Pre.LastTimestamp - trial.Evaluation.Pre.FirstTimestamp) / 1e9);

    // Neighbouring spots of a row become one line: where packets are dense, hundreds of dots are one step of the path.
    private static PathData Runs(SortedSet<(int Row, int Column)> spots)
    {
        var path = new PathData();
        (int Row, int From, int To)? run = null;
        foreach (var (row, column) in spots)
        {
            if (run is { } r && r.Row == row && column == r.To + 1)
            {
                run = r with { To = column };
                continue;
            }

            Draw(path, run);
            run = (row, column, column);
        }

        Draw(path, run);
        return path;
    }

    private static void Draw(PathData path, (int Row, int From, int To)? run)
    {
        if (run is { } r)
        {
            var y = (r.Row + 0.5) * Grid;
            path.Move(Panel.Left + ((r.From + 0.5) * Grid), y).Line(Panel.Left + ((r.To + 0.5) * Grid), y);
        }
    }
}
