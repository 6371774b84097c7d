using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Html;
using Campaign.Storage;

namespace Campaign.Reporting.Svg;

/// <summary>How latency runs along an axis of numbers such as the packet rate: a line for each figure through the medians of the cells, a bar from the smallest to the largest repeat.</summary>
/// <param name="axis">Of numbers.</param>
/// <param name="label">Text of a level.</param>
/// <param name="low">The smallest latency that any panel shows, in nanoseconds.</param>
/// <param name="high">The largest.</param>
internal sealed class TrendPlot(AxisRecord axis, Func<Definition.Value, string> label, double low, double high)
{
    private const double Top = 8;
    private const double Bottom = 226;
    private const double LabelRoom = 66;

    /// <summary>What is drawn, in the order of its styles.</summary>
    public static readonly ImmutableArray<Measure> Lines = [Measure.P50, Measure.Named("p99"), Measure.P999, Measure.Named("p99.999"), Measure.Maximum];

    private readonly LevelScale _levels = new(axis);
    private readonly LogScale _latency = LogScale.Around(low, high, Bottom, Top);

    /// <param name="title">What the cells share.</param>
    /// <param name="group">Cells that differ in the axis only.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public Tag Draw(string title, MatchedGroup group, string table)
    {
        List<Markup> content = [];
        foreach (var tick in _latency.Ticks(Panel.TextHeight))
        {
            content.Add(Panel.Path("g", new PathData().Move(Panel.Left, _latency[tick]).Line(Panel.Right, _latency[tick])));
            content.Add(Panel.Text(Panel.Left - 6, _latency[tick] + 4, "e", LatencyTicks.Label(tick)));
        }

        content.AddRange(_levels.Ticks(LabelRoom).Select(t => Panel.Text(t.X, Bottom + 16, "c", label(t.Level))));
        foreach (var (style, measure) in Lines.Index())
        {
            content.AddRange(Line(style, measure, group));
        }

        content.Add(Panel.Text(Panel.Right, Bottom + 33, "e", axis.Name));
        content.Add(Panel.Text(0, Bottom + 33, "s", "latency in µs"));
        return Panel.Of(
            Bottom + 36, $"Latency along {axis.Name}: {title}", $"One line for each of {string.Join(", ", Lines.Select(m => m.Name))}; the numbers are in the table of this comparison.", content, ("data-table", table));
    }

    private IEnumerable<Markup> Line(int style, Measure measure, MatchedGroup group)
    {
        (double X, Spread Spread)[] known =
        [
            .. group.Cells.Select(c => (X: _levels[c.Key], c.Value[measure].Spread)).Where(c => c is { X: not null, Spread.Median: > 0 }).Select(c => (c.X!.Value, c.Spread!)).OrderBy(c => c.Item1),
        ];
        if (known.Length == 0)
        {
            yield break;
        }

        var bars = new PathData();
        foreach (var (x, spread) in known.Where(k => k.Spread.Repeats > 1))
        {
            // Beside each other where figures are alike.
            bars.Move(x + style - 2, _latency[spread.Low]).Line(x + style - 2, _latency[spread.High]);
        }

        yield return Panel.Path($"m l{style}", new PathData().Through([.. known.Select(k => new Point(k.X, _latency[k.Spread.Median]))]));
        if (!bars.IsEmpty)
        {
            yield return Panel.Path($"o l{style}", bars);
        }
    }
}
