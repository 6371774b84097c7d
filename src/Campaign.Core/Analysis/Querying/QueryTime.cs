using System.Globalization;

namespace Campaign.Analysis.Querying;

/// <summary>Points in time as text: UTC, always as long, so that their alphabetic order is that of time.</summary>
internal static class QueryTime
{
    private const string Form = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    public static string Of(DateTimeOffset time) => time.UtcDateTime.ToString(Form, CultureInfo.InvariantCulture);

    /// <summary>A day or a time in ISO's form, in UTC when no zone is written; null when the text is none.</summary>
    public static string? Parse(string typed) => DateTimeOffset.TryParse(typed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) && typed.Length >= "2026-03-01".Length
        ? Of(time)
        : null;

    /// <summary>What <see cref="Of"/> wrote.</summary>
    public static DateTime Read(string text) => DateTime.ParseExact(text, Form, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
