using System.Globalization;

namespace Campaign.Reporting.Svg;

/// <summary>HdrHistogram's percentile axis: 1/(1−p) on a logarithmic scale, so that every further nine takes the same length.</summary>
/// <param name="Packets">The right end is 1/(1−p) of so many packets, where only the largest is left.</param>
/// <param name="From">Coordinate of p = 0.</param>
/// <param name="To">Coordinate of the right end.</param>
internal sealed record PercentileScale(long Packets, double From, double To)
{
    private readonly double _decades = Math.Log10(Math.Max(10, Packets));

    /// <summary>For the script: <c>from to decades</c>.</summary>
    public string Data => Panel.Data(From, To, _decades);

    /// <summary>Coordinate of a percentile; those beyond the right end lie on it.</summary>
    /// <param name="p">Share of packets below, 0 to 1.</param>
    public double this[double p] => From + ((To - From) * Math.Min(1, -Math.Log10(Math.Max(1e-18, 1 - p)) / _decades));

    /// <summary>The percentile at a coordinate.</summary>
    public double At(double x) => 1 - Math.Pow(10, -(x - From) / (To - From) * _decades);

    /// <summary>0, 90, 99, 99.9, … with their labels.</summary>
    public IEnumerable<(double P, string Label)> Ticks
    {
        get
        {
            for (var nines = 0; nines <= _decades + 1e-9; nines++)
            {
                var p = 1 - Math.Pow(10, -nines);
                yield return (p, (p * 100).ToString(nines < 3 ? "0" : "0." + new string('0', nines - 2), CultureInfo.InvariantCulture));
            }
        }
    }
}
