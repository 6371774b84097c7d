using System.Globalization;

namespace Campaign.Reporting;

/// <summary>Numbers as the report prints them; the same in every culture.</summary>
internal static class ReportNumbers
{
    /// <summary>Nanoseconds as microseconds with at least four significant digits, for tables in one unit.</summary>
    public static string Microseconds(double nanoseconds) => (nanoseconds / 1e3).ToString(nanoseconds switch
    {
        < 10_000 => "0.000",
        < 100_000 => "0.00",
        < 1_000_000 => "0.0",
        _ => "0",
    }, CultureInfo.InvariantCulture);

    public static string Count(long number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '\u202F');

    /// <summary>Parts per million.</summary>
    public static string Ppm(long part, long whole) => whole == 0 ? "–" : (1e6 * part / whole).ToString("0.#", CultureInfo.InvariantCulture);

    public static string Rate(double perSecond) => perSecond.ToString("0.0", CultureInfo.InvariantCulture);
}
