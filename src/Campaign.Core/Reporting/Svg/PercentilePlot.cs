using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>
/// Latency over percentile with two logarithmic axes: repeats thin, their median bold. A curve is solid up to the percentile that its packets support, then dotted to the
/// maximum. Frame and curves are drawn once and used in every comparison, so all panels of a report share their axes.
/// </summary>
internal sealed class PercentilePlot
{
    private const double Top = 8;
    private const double Bottom = 226;
    private const double Height = 262;
    private const double Tolerance = 0.35;
    private const double Lowest = 0.01;
    private const double Digit = 8.5;

    private readonly LogScale _latency;
    private readonly PercentileScale _percentile;

    /// <param name="trials">All that count, at least one of them with packets.</param>
    public PercentilePlot(ImmutableArray<TrialAnalysis> trials)
    {
        ImmutableArray<LatencyDistribution> all = [.. trials.Select(t => t.Evaluation!.Latencies).Where(l => l.Count > 0)];
        // A few packets that are much quicker than all others would take half of the axis; they lie on its end.
        _latency = LogScale.Around(all.Min(l => l.Percentile(Lowest)), all.Max(l => l.Maximum), Bottom, Top);
        _percentile = new PercentileScale(all.Max(l => l.Count), Panel.Left, Panel.Right);
    }

    /// <summary>Grid, ticks and their labels.</summary>
    public Tag Frame()
    {
        var frame = new Tag("g", ("id", "pf"), ("data-x", _percentile.Data), ("data-y", _latency.Data));
        foreach (var tick in _latency.Ticks(Panel.TextHeight))
        {
            frame.Add(Panel.Path("g", new PathData().Move(Panel.Left, _latency[tick]).Line(Panel.Right, _latency[tick])));
            frame.Add(Panel.Text(Panel.Left - 6, _latency[tick] + 4, "e", LatencyTicks.Label(tick)));
        }

        var free = double.NegativeInfinity;
        foreach (var (p, label) in _percentile.Ticks)
        {
            frame.Add(Panel.Path("g", new PathData().Move(_percentile[p], Top).Line(_percentile[p], Bottom)));
            var half = label.Length * Digit / 2;
            if (_percentile[p] - half > free)
            {
                frame.Add(Panel.Text(_percentile[p], Bottom + 16, "c", label));
                free = _percentile[p] + half;
            }
        }

        frame.Add(Panel.Text(Panel.Right, Bottom + 33, "e", "percentile of packets"));
        frame.Add(Panel.Text(0, Bottom + 33, "s", "latency in µs"));
        return frame;
    }

    /// <summary>The curve of one trial.</summary>
    public Tag Curve(TrialAnalysis trial)
    {
        var latencies = trial.Evaluation!.Latencies;
        var supported = Math.Min(_percentile[trial.Supportable], _percentile[1 - (1.0 / latencies.Count)]);
        var points = Sample(latencies.Percentile, _percentile[1 - (1.0 / latencies.Count)]);
        ImmutableArray<Point> dotted = [.. points.SkipWhile(p => p.X < supported)];
        dotted = [.. points.TakeWhile(p => p.X < supported).TakeLast(1), .. dotted, new Point(_percentile[1 - (1.0 / latencies.Count)], _latency[latencies.Maximum])];
        return new Tag("g", ("id", $"c{trial.Id}"))
        {
            Panel.Path("v", new PathData().Through(Polyline.Simplify([.. points.TakeWhile(p => p.X < supported)], Tolerance))),
            Panel.Path("x", new PathData().Through(Polyline.Simplify(dotted, Tolerance))),
        };
    }

    /// <summary>The median of a cell's repeats at each percentile, as far as all of them support it.</summary>
    public Tag Median(CellAnalysis cell)
    {
        ImmutableArray<LatencyDistribution> repeats = [.. cell.Counted.Select(t => t.Evaluation!.Latencies).Where(l => l.Count > 0)];
        var end = _percentile[repeats.Min(l => OrderStatistics.Supportable(l.Count))];
        var points = Sample(p => OrderStatistics.Median(repeats.Select(l => (double)l.Percentile(p))), end);
        return new Tag("path", ("id", $"m{cell.Index}"), ("data-n", Panel.Data(repeats.Min(l => l.Count))), ("d", new PathData().Through(Polyline.Simplify(points, Tolerance)).ToString()));
    }

    /// <summary>The cells of a matched group in one panel.</summary>
    /// <param name="title">What the cells share.</param>
    /// <param name="cells">With the number of their level, which chooses colour and dash.</param>
    /// <param name="names">Of the levels.</param>
    public Tag Draw(string title, IEnumerable<(int Level, CellAnalysis Cell)> cells, IEnumerable<string> names)
    {
        var drawn = cells.Where(c => c.Cell.Counted.Any(t => t.Evaluation!.Latencies.Count > 0)).ToArray();
        List<Markup> content = [Panel.Use("pf")];
        foreach (var (level, cell) in drawn)
        {
            content.AddRange(cell.Counted.Where(t => t.Evaluation!.Latencies.Count > 0).Select(t => Panel.Use($"c{t.Id}", $"t {LevelStyle.Line(level)}")));
        }

        foreach (var (level, cell) in drawn)
        {
            content.Add(Panel.Use($"m{cell.Index}", $"m {LevelStyle.Line(level)}"));
            content.AddRange(LossLine(level, cell));
        }

        return Panel.Of(Height, $"Latency over percentile: {title}", $"One curve for each of {string.Join(", ", names)}; the numbers are in the table of this comparison.", content);
    }

    // Lost packets have no latency: with a loss of L, percentiles of all sent packets beyond 1 − L do not exist.
    private IEnumerable<Markup> LossLine(int level, CellAnalysis cell)
    {
        ImmutableArray<double> losses = [.. cell.Counted.Select(t => t.Loss).OfType<double>()];
        var loss = losses.IsEmpty ? 0 : OrderStatistics.Median(losses);
        if (loss > 1.0 / _percentile.Packets)
        {
            var x = _percentile[1 - loss];
            yield return Panel.Path($"o {LevelStyle.Line(level)}", new PathData().Move(x, Top).Line(x, Bottom));
            yield return Panel.Text(x + 4, Bottom - 6 - (13 * (level % 8)), $"s {LevelStyle.Text(level)}", "lost");
        }
    }

    private List<Point> Sample(Func<double, double> quantile, double end)
    {
        var points = new List<Point>();
        for (var x = Panel.Left; x < end; x += 0.5)
        {
            points.Add(new Point(x, _latency[quantile(Math.Max(0, _percentile.At(x)))]));
        }

        return points;
    }

    private List<Point> Sample(Func<double, long> quantile, double end) => Sample(p => (double)quantile(p), end);
}
