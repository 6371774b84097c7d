using System.Globalization;

namespace Campaign.Reporting.Svg;

/// <summary>Labels of a latency axis, in one unit that all of them share.</summary>
internal static class LatencyTicks
{
    /// <summary>Round microseconds: <c>0.5</c>, <c>20</c>, <c>1 000</c>.</summary>
    /// <param name="nanoseconds">The tick.</param>
    public static string Label(double nanoseconds)
    {
        var micros = nanoseconds / 1e3;
        return micros < 1
            ? micros.ToString("0.###", CultureInfo.InvariantCulture)
            : micros.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');
    }
}
