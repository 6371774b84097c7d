using System.Text;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>Points as the data of a path, without those that nobody would see.</summary>
internal static class Polyline
{
    private const double Visible = 0.35;
    private const double Dot = 2;

    /// <summary>A line through the points; a point closer than a third of a pixel to the one before is left out, but for the last.</summary>
    public static string Of(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        (double X, double Y)? last = null;
        for (var i = 0; i < points.Count; i++)
        {
            var point = points[i];
            if (last is { } before && i < points.Count - 1 && Math.Abs(point.X - before.X) < Visible && Math.Abs(point.Y - before.Y) < Visible)
            {
                continue;
            }

            path.Append(last is null ? 'M' : 'L').Append(HtmlWriter.Number(Math.Round(point.X, 1))).Append(' ').Append(HtmlWriter.Number(Math.Round(point.Y, 1)));
            last = point;
        }

        return path.ToString();
    }

    /// <summary>A dot for each point; points that fall on the same two by two pixels are one dot.</summary>
    public static string Dots(IEnumerable<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        foreach (var (x, y) in points.Select(p => (X: Math.Round(p.X / Dot) * Dot, Y: Math.Round(p.Y / Dot) * Dot)).Distinct().OrderBy(p => p.X).ThenBy(p => p.Y))
        {
            path.Append('M').Append(HtmlWriter.Number(x)).Append(' ').Append(HtmlWriter.Number(y)).Append("h0");
        }

        return path.ToString();
    }
}
