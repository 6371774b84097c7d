using Campaign.Analysis.Querying;
using Campaign.Definition;
using Parquet;
using Parquet.Schema;

namespace Campaign.Reporting.Parquet;

/// <summary>
/// A table as a file of Apache Parquet, for DuckDB, pandas and others: 64-bit integers (latencies in nanoseconds), doubles, booleans, strings, and UTC timestamps in microseconds. What is
/// missing is null. All rows are one row group; a table without rows has none.
/// </summary>
internal static class QueryParquet
{
    /// <summary>Key in the file's own metadata: the units of its columns, as <c>name=unit</c>, one a line.</summary>
    public const string Units = "campaign.units";

    /// <param name="table">Any.</param>
    /// <param name="output">Receives; stays open.</param>
    public static async Task WriteAsync(QueryTable table, Stream output)
    {
        var schema = new ParquetSchema(table.Columns.Select(Field));
        await using var file = await ParquetWriter.CreateAsync(schema, output);
        file.CustomMetadata = new Dictionary<string, string> { [Units] = string.Join('\n', table.Columns.Where(c => c.Unit.Length > 0).Select(c => $"{c.Name}={c.Unit}")) };
        if (table.Rows.IsEmpty)
        {
            return;
        }

        using var rows = file.CreateRowGroup();
        for (var column = 0; column < table.Columns.Length; column++)
        {
            var field = schema.DataFields[column];
            Value[] values = [.. table.Rows.Select(r => r[column])];
            await (table.Columns[column].Kind switch
            {
                QueryFieldKind.Integer => rows.WriteAsync<long>(field, Array.ConvertAll(values, v => v is Value.Integer { Content: var content } ? content : (long?)null)),
                QueryFieldKind.Number => rows.WriteAsync<double>(field, Array.ConvertAll(values, v => v.AsNumber)),
                QueryFieldKind.Boolean => rows.WriteAsync<bool>(field, Array.ConvertAll(values, v => v is Value.Boolean { Content: var content } ? content : (bool?)null)),
                QueryFieldKind.Time => rows.WriteAsync<DateTime>(field, Array.ConvertAll(values, v => v is Value.Text { Content: var content } ? QueryTime.Read(content) : (DateTime?)null)),
                _ => rows.WriteAsync(field, Array.ConvertAll(values, v => v is Value.Nil ? null : v.ToString())!),
            });
        }
    }

    private static Field Field(QueryColumn column) => column.Kind switch
    {
        QueryFieldKind.Integer => new DataField(column.Name, typeof(long?)),
        QueryFieldKind.Number => new DataField(column.Name, typeof(double?)),
        QueryFieldKind.Boolean => new DataField(column.Name, typeof(bool?)),
        QueryFieldKind.Time => new DateTimeDataField(column.Name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, DateTimeTimeUnit.Micros, isNullable: true),
        _ => new DataField(column.Name, typeof(string)),
    };
}
