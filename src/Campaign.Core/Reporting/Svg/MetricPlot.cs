using System.Globalization;
using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>A recorded figure over an axis of numbers: a line for each choice of the other axes, both axes from 0.</summary>
/// <param name="across">The largest number of the axis, above 0, and how a number of it is written.</param>
/// <param name="up">The largest value, above 0, and its unit.</param>
internal sealed class MetricPlot((double High, Func<double, string> Label) across, (double High, string Unit) up)
{
    private const double Top = 22;
    private const double Bottom = 190;
    private const double SmallestLabel = 1e-9;

    private readonly LinearScale _across = new(across.High, Panel.Left, Panel.Right);
    private readonly LinearScale _up = new(up.High, Bottom, Top);

    /// <param name="title">What it shows.</param>
    /// <param name="axis">Name of the axis.</param>
    /// <param name="lines">Style from 0 to 5, and its points in the order of the axis.</param>
    /// <param name="asked">Value that was asked for at the largest number of the axis, in a straight line from 0; null: none.</param>
    /// <param name="table">Id of the table with the same numbers.</param>
    public Tag Draw(string title, string axis, IEnumerable<(int Style, IReadOnlyList<(double At, Spread Spread)> Points)> lines, double? asked, string table)
    {
        List<Markup> content = [];
        foreach (var tick in _up.Ticks)
        {
            content.Add(Panel.Path("g", new PathData().Move(Panel.Left, _up[tick]).Line(Panel.Right, _up[tick])));
            content.Add(Panel.Text(Panel.Left - 6, _up[tick] + 4, "e", Label(tick)));
        }

        // Labels of rates are long: every other tick has one.
        content.AddRange(_across.Ticks.Index().Where(t => t.Index % 2 == 0).Select(t => Panel.Text(_across[t.Item], Bottom + 16, "c", t.Item < SmallestLabel ? "0" : across.Label(t.Item))));
        if (asked is { } end and > 0)
        {
            // Cut where the drawing ends.
            var share = Math.Min(1, up.High / end);
            content.Add(Panel.Path("g", new PathData().Move(Panel.Left, Bottom).Line(_across[across.High * share], _up[end * share])));
        }

        foreach (var (style, points) in lines)
        {
            content.Add(Panel.Path($"m l{style}", new PathData().Through([.. points.Select(p => new Point(_across[p.At], _up[p.Spread.Median]))])));
            foreach (var (at, spread) in points.Where(p => p.Spread.High > p.Spread.Low))
            {
                content.Add(Panel.Path($"t l{style}", new PathData().Move(_across[at], _up[spread.Low]).Line(_across[at], _up[spread.High])));
            }
        }

        content.Add(Panel.Text(0, 11, "s", up.Unit));
        content.Add(Panel.Text(Panel.Left, Bottom + 34, "s", axis + (asked is null ? "" : "; grey: as asked")));
        return Panel.Of(Bottom + 38, $"{title} over {axis}", "A line for each choice of the other axes; the table below has the numbers.", content, ("data-table", table));
    }

    private static string Label(double tick) => tick switch
    {
        >= 1e6 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e6:0.###} M"),
        >= 1e4 => string.Create(CultureInfo.InvariantCulture, $"{tick / 1e3:0.###} k"),
        _ => tick.ToString("0.####", CultureInfo.InvariantCulture),
    };
}
