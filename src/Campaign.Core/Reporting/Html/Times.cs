using System.Globalization;

namespace Campaign.Reporting.Html;

/// <summary>Points in time, in UTC.</summary>
internal static class Times
{
    /// <summary><c>2026-03-01 08:30:00 UTC</c></summary>
    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";
}
