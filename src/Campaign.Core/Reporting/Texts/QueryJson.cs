using System.Text;
using System.Text.Json;
using Campaign.Analysis.Querying;
using Campaign.Definition;

namespace Campaign.Reporting.Texts;

/// <summary>A table as an array with an object for each row. Latencies in nanoseconds; what is missing is null.</summary>
internal static class QueryJson
{
    public static string Of(QueryTable table)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartArray();
            foreach (var row in table.Rows)
            {
                json.WriteStartObject();
                foreach (var (column, value) in table.Columns.Zip(row))
                {
                    json.WritePropertyName(column.Name);
                    Write(json, value);
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Write(Utf8JsonWriter json, Value value)
    {
        switch (value)
        {
            case Value.Nil:
                json.WriteNullValue();
                break;
            case Value.Boolean { Content: var content }:
                json.WriteBooleanValue(content);
                break;
            case Value.Text { Content: var text }:
                json.WriteStringValue(text);
                break;
            default:
                // Numbers, and lists and tables of the campaign language, are JSON already.
                json.WriteRawValue(value.Canonical);
                break;
        }
    }
}
