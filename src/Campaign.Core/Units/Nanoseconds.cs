using System.Globalization;

namespace Campaign.Units;

/// <summary>A latency or a point in time of a capture. <see cref="TimeSpan"/> ticks in 100 ns and would round it.</summary>
internal readonly record struct Nanoseconds(long Value) : IComparable<Nanoseconds>
{
    public double Microseconds => Value / 1e3;

    public int CompareTo(Nanoseconds other) => Value.CompareTo(other.Value);

    /// <summary>Four significant digits with the unit that fits: <c>850 ns</c>, <c>3.137 µs</c>, <c>12.46 µs</c>, <c>1.881 ms</c>.</summary>
    public override string ToString()
    {
        var (scaled, unit) = Math.Abs(Value) switch
        {
            < 1_000 => (Value, "ns"),
            < 1_000_000 => (Value / 1e3, "µs"),
            < 1_000_000_000 => (Value / 1e6, "ms"),
            _ => (Value / 1e9, "s"),
        };
        return unit == "ns"
            ? string.Create(CultureInfo.InvariantCulture, $"{Value} ns")
            : string.Create(CultureInfo.InvariantCulture, $"{Significant(scaled)} {unit}");
    }

    private static string Significant(double value) => Math.Abs(value) switch
    {
        < 10 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 100 => value.ToString("0.00", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0", CultureInfo.InvariantCulture),
    };
}
