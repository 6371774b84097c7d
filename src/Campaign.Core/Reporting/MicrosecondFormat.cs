using System.Globalization;

namespace Campaign.Reporting;

/// <summary>Nanoseconds as microseconds, all with as many decimals as the smallest of them needs for three digits: a column whose points are below each other.</summary>
/// <param name="nanoseconds">Everything that will be shown with it.</param>
internal sealed class MicrosecondFormat(IEnumerable<double> nanoseconds)
{
    private readonly string _format = nanoseconds.Select(Math.Abs).Where(n => n > 0).DefaultIfEmpty(1e3).Min() switch
    {
        < 10_000 => "#,0.00",
        < 100_000 => "#,0.0",
        _ => "#,0",
    };

    /// <summary><c>3.14</c>, <c>12 345.60</c> (with a narrow no-break space); without the unit.</summary>
    public string this[double nanoseconds] =>
        (nanoseconds / 1e3).ToString(_format, CultureInfo.InvariantCulture).Replace(',', '\u202F').Replace('-', '−');
}
