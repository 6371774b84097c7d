namespace Campaign.Reporting.Svg;

/// <summary>A logarithmic axis: equal ratios are equal lengths.</summary>
/// <param name="Low">Value at <paramref name="From"/>, above 0.</param>
/// <param name="High">Value at <paramref name="To"/>, above <paramref name="Low"/>.</param>
/// <param name="From">Coordinate of the low end.</param>
/// <param name="To">Coordinate of the high end.</param>
internal sealed record LogScale(double Low, double High, double From, double To)
{
    private static readonly double[] Steps = [1, 2, 5];

    /// <summary>For the script: <c>from to low high</c>.</summary>
    public string Data => Panel.Data(From, To, Low, High);

    /// <summary>Coordinate of a value; values beyond the ends lie on them.</summary>
    public double this[double value] =>
        From + ((To - From) * Math.Log(Math.Clamp(value, Low, High) / Low) / Math.Log(High / Low));

    /// <summary>A scale whose ends are 1, 2 or 5 times a power of ten.</summary>
    /// <param name="low">Smallest value to show; what is not above 0 cannot be shown and counts as 1.</param>
    /// <param name="high">Largest value to show.</param>
    public static LogScale Around(double low, double high, double from, double to)
    {
        low = Math.Max(1, low);
        high = Math.Max(low * 2, high);
        return new LogScale(Marks(low / 10, low).Last(), Marks(high, high * 10).First(), from, to);
    }

    /// <summary>Powers of ten, with 2 and 5 times them where there is room.</summary>
    /// <param name="room">Least distance of two ticks.</param>
    public IEnumerable<double> Ticks(double room) =>
        Math.Abs(To - From) * Math.Log(2) / Math.Log(High / Low) < room ? Marks(Low, High).Where(IsDecade) : Marks(Low, High);

    private static bool IsDecade(double mark) => Math.Abs(Math.Log10(mark) - Math.Round(Math.Log10(mark))) < 1e-9;

    private static IEnumerable<double> Marks(double low, double high)
    {
        for (var decade = Math.Pow(10, Math.Floor(Math.Log10(low))); decade <= high * (1 + 1e-9); decade *= 10)
        {
            foreach (var step in Steps)
            {
                if (step * decade >= low * (1 - 1e-9) && step * decade <= high * (1 + 1e-9))
                {
                    yield return step * decade;
                }
            }
        }
    }
}
