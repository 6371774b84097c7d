using System.Globalization;
using Campaign.Analysis.Querying;
using Campaign.Definition;
using CsvHelper;

namespace Campaign.Reporting.Texts;

/// <summary>A table as CSV with a line of names. Latencies in nanoseconds; what is missing is empty.</summary>
internal static class QueryCsv
{
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n" };

    public static string Of(QueryTable table)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = CsvWriter.Create(text, Format, leaveOpen: true);
        foreach (var line in table.Rows.Select(r => r.Select(v => v is Value.Nil ? "" : v.ToString())).Prepend(table.Columns.Select(c => c.Name)))
        {
            foreach (var field in line)
            {
                csv.WriteField(field);
            }

            csv.EndRecord();
        }

        csv.Flush();
        return text.ToString();
    }
}
