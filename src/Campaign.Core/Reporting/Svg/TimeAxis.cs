using System.Globalization;

namespace Campaign.Reporting.Svg;

/// <summary>Ticks of an axis of seconds.</summary>
internal static class TimeAxis
{
    private const int About = 5;

    private static readonly double[] Steps = [1, 2, 5, 10];

    public static IEnumerable<(double At, string Label)> Ticks(double seconds)
    {
        var rough = seconds / About;
        var decade = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = Steps.Select(s => s * decade).First(s => s >= rough * 0.999);
        for (var i = 0; i * step <= seconds * 1.0001; i++)
        {
            yield return (i * step, (i * step).ToString("0.######", CultureInfo.InvariantCulture));
        }
    }
}
