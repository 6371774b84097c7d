namespace Campaign.Reporting.Svg;

/// <summary>Leaves out points of a line that nobody would see.</summary>
internal static class Polyline
{
    /// <summary>No left-out point is farther than the tolerance from the line that remains; the ends stay.</summary>
    /// <remarks>Source: D. Douglas and T. Peucker, "Algorithms for the reduction of the number of points required to represent a digitized line", 1973.</remarks>
    /// <param name="points">In the order of drawing.</param>
    /// <param name="tolerance">In units of the drawing.</param>
    public static IReadOnlyList<Point> Simplify(IReadOnlyList<Point> points, double tolerance)
    {
        if (points.Count < 3)
        {
            return points;
        }

        var keep = new bool[points.Count];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int From, int To)>([(0, points.Count - 1)]);
        while (open.TryPop(out var part))
        {
            var farthest = Enumerable.Range(part.From + 1, part.To - part.From - 1)
                .Select(i => (Index: i, Distance: Distance(points[i], points[part.From], points[part.To])))
                .DefaultIfEmpty().MaxBy(d => d.Distance);
            if (farthest.Distance > tolerance)
            {
                keep[farthest.Index] = true;
                open.Push((part.From, farthest.Index));
                open.Push((farthest.Index, part.To));
            }
        }

        return [.. points.Where((_, i) => keep[i])];
    }

    private static double Distance(Point point, Point from, Point to)
    {
        var (dx, dy) = (to.X - from.X, to.Y - from.Y);
        var length = Math.Sqrt((dx * dx) + (dy * dy));
        return length == 0
            ? Math.Sqrt(Math.Pow(point.X - from.X, 2) + Math.Pow(point.Y - from.Y, 2))
            : Math.Abs((dx * (point.Y - from.Y)) - (dy * (point.X - from.X))) / length;
    }
}
