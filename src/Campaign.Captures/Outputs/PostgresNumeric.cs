using System.Globalization;
using System.Numerics;

namespace Campaign.Captures.Outputs;

/// <summary>Quotients as PostgreSQL's <c>numeric</c> prints them: at least 16 significant digits, in steps of four.</summary>
/// <remarks>Number of decimals after PostgreSQL, <c>select_div_scale</c> in numeric.c.</remarks>
internal static class PostgresNumeric
{
    private const int SignificantDigits = 16;
    private const int DigitsOfBase = 4;

    /// <param name="dividend">A decimal number, not negative.</param>
    /// <param name="divisor">A decimal number above 0.</param>
    public static string Divide(string dividend, string divisor)
    {
        var (above, aboveScale) = Parse(dividend);
        var (below, belowScale) = Parse(divisor);
        var (weightAbove, firstAbove) = Weigh(above, aboveScale);
        var (weightBelow, firstBelow) = Weigh(below, belowScale);
        var weight = weightAbove - weightBelow - (firstAbove <= firstBelow ? 1 : 0);
        var scale = Math.Max(0, Math.Max(SignificantDigits - weight * DigitsOfBase, Math.Max(aboveScale, belowScale)));

        // Half away from zero.
        var quotient = (2 * above * BigInteger.Pow(10, scale + belowScale) / (below * BigInteger.Pow(10, aboveScale)) + 1) / 2;
        return Print(quotient, scale);
    }

    /// <summary>1 − p, exactly.</summary>
    public static string Complement(string p)
    {
        var (digits, scale) = Parse(p);
        return Print(BigInteger.Pow(10, scale) - digits, scale);
    }

    private static (BigInteger Digits, int Scale) Parse(string number)
    {
        var point = number.IndexOf('.', StringComparison.Ordinal);
        return (BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture), point < 0 ? 0 : number.Length - point - 1);
    }

    /// <summary>Exponent of the first digit to base 10 000 that is not 0, and that digit.</summary>
    private static (int Weight, int First) Weigh(BigInteger digits, int scale)
    {
        if (digits.IsZero)
            return (0, 0);

        var padding = (DigitsOfBase - scale % DigitsOfBase) % DigitsOfBase;
        digits *= BigInteger.Pow(10, padding);
        var weight = -(scale + padding) / DigitsOfBase;
        for (; digits >= 10_000; digits /= 10_000)
            weight++;
        return (weight, (int)digits);
    }

    private static string Print(BigInteger digits, int scale)
    {
        var text = digits.ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        return scale == 0 ? text : $"{text[..^scale]}.{text[^scale..]}";
    }
}
