using System.Globalization;
using Campaign.Captures;

namespace Campaign.Importing;

/// <summary>Reads HVNet's CSV files, plain or packed: a header and rows of plain fields, without quotes. Nothing but the rows themselves is kept.</summary>
internal static class PublishedCsv
{
    /// <param name="path">Null: the set lacks the file.</param>
    /// <param name="columns">How many a row has.</param>
    /// <param name="read">Gets the fields of each row; answers false for a row that is none.</param>
    /// <returns>Why the file cannot be used, as the end of a sentence about it; empty when it can, even without rows.</returns>
    public static string Read(string? path, int columns, Func<string[], bool> read)
    {
        if (path is null)
        {
            return "is missing";
        }

        try
        {
            var line = 0;
            foreach (var row in CaptureArchive.ReadLines(path))
            {
                line++;
                var fields = row.Split(',', columns);
                if (line > 1 && (fields.Length < columns || !read(fields)))
                {
                    return string.Create(CultureInfo.InvariantCulture, $"cannot be read: line {line} is '{(row.Length > 60 ? row[..60] + "…" : row)}'");
                }
            }

            return line == 0 ? "holds 0 bytes: the query that should have written it failed" : "";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return $"cannot be read: {e.Message.TrimEnd('.')}";
        }
    }

    /// <summary>Rows of two whole numbers, the first ascending.</summary>
    public static string Pairs(string? path, List<(long Key, long Count)> rows) => Read(path, 2, fields =>
    {
        if (!Long(fields[0], out var key) || !Long(fields[1], out var count) || count < 0 || (rows.Count > 0 && key <= rows[^1].Key))
        {
            return false;
        }

        rows.Add((key, count));
        return true;
    });

    public static bool Long(string field, out long number) => long.TryParse(field, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
}
