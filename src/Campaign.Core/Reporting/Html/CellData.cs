using System.Text.Json;
using Campaign.Definition;

namespace Campaign.Reporting.Html;

/// <summary>Which cells a part of the page shows, for the script's filter: <c>data-cell='{"kernel":["rt","nohz"],"rate":["10 kpkt/s"]}'</c>, in the words of the overview.</summary>
internal static class CellData
{
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="input">The report.</param>
    /// <param name="values">Axes and their levels; an axis may occur more than once, and one that does not occur is not filtered by.</param>
    /// <returns>An attribute; <see cref="Tag"/> escapes it.</returns>
    public static (string Name, string? Value) Of(ReportInput input, IEnumerable<KeyValuePair<string, Value>> values) =>
        ("data-cell", JsonSerializer.Serialize(values.GroupBy(v => v.Key).ToDictionary(g => g.Key, g => g.Select(v => input.Label.Of(v.Key, v.Value)).ToArray()), Plain));
}
