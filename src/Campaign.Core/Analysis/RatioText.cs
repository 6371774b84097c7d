using System.Globalization;

namespace Campaign.Analysis;

/// <summary>Ratios in sentences, tables and drawings.</summary>
internal static class RatioText
{
    private const double TooWide = 1000;

    /// <summary>Three decimals where a margin of 5 % could hinge on them.</summary>
    public static string Of(double ratio) => ratio.ToString(ratio switch { < 2 => "0.000", < 10 => "0.00", _ => "0" }, CultureInfo.InvariantCulture);

    /// <summary><c>0.344–2.44</c>; in words where it says nothing.</summary>
    public static string Of((double Low, double High) interval) => IsTooWide(interval)
        ? "more than a thousandfold wide"
        : $"{Of(interval.Low)}–{Of(interval.High)}";

    /// <summary>Whether an interval says nothing.</summary>
    public static bool IsTooWide((double Low, double High) interval) => interval.High > TooWide * interval.Low;
}
