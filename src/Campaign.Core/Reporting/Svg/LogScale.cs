namespace Campaign.Reporting.Svg;

/// <summary>A logarithmic scale from data to coordinates.</summary>
/// <param name="From">Smallest value, above 0.</param>
/// <param name="To">Largest value, above <paramref name="From"/>.</param>
/// <param name="Start">Coordinate of the smallest.</param>
/// <param name="End">Coordinate of the largest.</param>
internal readonly record struct LogScale(double From, double To, double Start, double End)
{
    public double At(double value) =>
        Start + ((End - Start) * (Math.Log10(Math.Clamp(value, From, To)) - Math.Log10(From)) / (Math.Log10(To) - Math.Log10(From)));

    /// <summary>A scale for latencies: whole steps of 1, 2, 5 around what is shown.</summary>
    public static LogScale Around(double smallest, double largest, double start, double end)
    {
        var from = Round(Math.Max(1, smallest), down: true);
        var to = Round(Math.Max(largest, from * 10), down: false);
        return new LogScale(from, to, start, end);
    }

    /// <summary>1, 2 and 5 of each decade within the scale.</summary>
    public IEnumerable<double> Ticks()
    {
        for (var decade = Math.Pow(10, Math.Floor(Math.Log10(From))); decade <= To * 1.001; decade *= 10)
        {
            foreach (var step in new[] { 1, 2, 5 })
            {
                if (decade * step >= From * 0.999 && decade * step <= To * 1.001)
                {
                    yield return decade * step;
                }
            }
        }
    }

    /// <summary>Whether a tick begins a decade.</summary>
    public static bool IsDecade(double tick) => Math.Abs(Math.Log10(tick) - Math.Round(Math.Log10(tick))) < 1e-9;

    private static double Round(double value, bool down)
    {
        var decade = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double[] steps = [1, 2, 5, 10];
        return decade * (down ? steps.Last(s => decade * s <= value * 1.000001) : steps.First(s => decade * s >= value * 0.999999));
    }
}
