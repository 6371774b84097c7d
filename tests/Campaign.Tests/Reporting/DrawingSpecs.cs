using Campaign.Reporting.Svg;
using Campaign.Units;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed class DrawingSpecs
{
    [Fact]
    public void Every_further_nine_of_a_percentile_takes_the_same_length()
    {
        var scale = new PercentileScale(10_000, 0, 400);

        Assert.Equal(["0", "90", "99", "99.9", "99.99"], scale.Ticks.Select(t => t.Label));
        Assert.Equal([0, 100, 200, 300, 400], scale.Ticks.Select(t => Math.Round(scale[t.P], 6)));
        Assert.Equal(0.99, scale.At(scale[0.99]), 12);
        Assert.Equal(400, scale[1]);
    }

    [Fact]
    public void A_logarithmic_axis_ends_at_round_values_and_has_as_many_ticks_as_there_is_room_for()
    {
        var scale = LogScale.Around(6_700, 480_000, 200, 0);

        Assert.Equal((5_000, 500_000), (scale.Low, scale.High));
        Assert.Equal([5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5], scale.Ticks(12).Select(t => Math.Round(t)));
        Assert.Equal([1e4, 1e5], scale.Ticks(40).Select(t => Math.Round(t)));
        Assert.Equal(100, scale[50_000], 6);
        Assert.Equal(200, scale[-3], 6);
    }

    [Fact]
    public void A_linear_axis_has_round_ticks() => Assert.Equal([0, 1000, 2000], new LinearScale(5000, 0, 1).Ticks.Take(3).Select(t => Math.Round(t)));

    [Fact]
    public void A_simplified_line_stays_within_the_tolerance_of_every_point()
    {
        var random = new SeededRandom(3);
        var y = 0.0;
        Point[] points = [.. Enumerable.Range(0, 400).Select(i => new Point(i, y += random.NextDouble() - 0.4))];

        var kept = Polyline.Simplify(points, 0.35);

        Assert.InRange(kept.Count, 2, 300);
        Assert.Equal((points[0], points[^1]), (kept[0], kept[^1]));
        Assert.All(points, p =>
        {
            var after = kept.First(k => k.X >= p.X);
            var before = kept.Last(k => k.X <= p.X);
            var at = after.X == before.X ? before.Y : before.Y + ((after.Y - before.Y) * (p.X - before.X) / (after.X - before.X));
            Assert.InRange(Math.Abs(at - p.Y), 0, 0.75);
        });
    }

    [Fact]
    public void A_path_is_short_and_rounding_does_not_add_up()
    {
        Assert.Equal("M1.5 2h3v-2l-.5.1".Replace(".5.1", ".5 .1", StringComparison.Ordinal), new PathData().Move(1.5, 2).Line(4.5, 2).Line(4.5, 0).Line(4, 0.1).ToString());

        var path = new PathData().Move(0, 0);
        for (var i = 1; i <= 100; i++)
        {
            path.Line(i * 0.14, i);
        }

        var steps = path.ToString().Split('l').Skip(1).Sum(s => double.Parse(s.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(14, steps, 6);
    }
}
