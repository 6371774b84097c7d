using System.Text;
using Campaign.Analysis.Querying;
using Campaign.Definition;
using Campaign.Reporting;
using Campaign.Reporting.Parquet;
using Campaign.Reporting.Texts;
using Campaign.Testing;
using Parquet;
using Xunit;

namespace Campaign.Tests.Reporting;

/// <summary>What a query found, as files for other programs.</summary>
public sealed class QueryFormSpecs
{
    private static readonly QueryTable Table = new(
        [
            new("kernel", QueryFieldKind.Text, ""), new("p99.9", QueryFieldKind.Integer, "ns"), new("loss", QueryFieldKind.Number, "1"),
            new("simulated", QueryFieldKind.Boolean, ""), new("started", QueryFieldKind.Time, ""),
        ],
        [
            [Value.Of("rt, \"µ\"\n"), Value.Of(long.MaxValue), Value.Of(0.001), Value.Of(true), Value.Of("2026-03-01T08:30:00.000001Z")],
            [Value.Nil.Instance, Value.Nil.Instance, Value.Nil.Instance, Value.Nil.Instance, Value.Nil.Instance],
            [new Value.List([Value.Of(1)]), Value.Of(-1), Value.Of(2), Value.Of(false), Value.Of("1969-12-31T23:59:59.999999Z")],
        ]);

    [Fact]
    public void As_csv_latencies_are_whole_nanoseconds_and_what_is_missing_is_empty() => Assert.Equal(
        "kernel,p99.9,loss,simulated,started\n\"rt, \"\"µ\"\"\n\",9223372036854775807,0.001,true,2026-03-01T08:30:00.000001Z\n,,,,\n[1],-1,2,false,1969-12-31T23:59:59.999999Z\n",
        QueryCsv.Of(Table));

    [Fact]
    public void As_json_values_keep_their_types_and_what_is_missing_is_null()
    {
        using var json = System.Text.Json.JsonDocument.Parse(QueryJson.Of(Table));

        Assert.Equal(
            [
                """{"kernel":"rt, \u0022\u00B5\u0022\n","p99.9":9223372036854775807,"loss":0.001,"simulated":true,"started":"2026-03-01T08:30:00.000001Z"}""",
                """{"kernel":null,"p99.9":null,"loss":null,"simulated":null,"started":null}""",
                """{"kernel":[1],"p99.9":-1,"loss":2,"simulated":false,"started":"1969-12-31T23:59:59.999999Z"}""",
            ],
            json.RootElement.EnumerateArray().Select(o => System.Text.Json.JsonSerializer.Serialize(o)));
    }

    [Fact]
    public void Without_rows_the_forms_are_still_valid()
    {
        var empty = Table with { Rows = [] };

        Assert.Equal("kernel,p99.9,loss,simulated,started\n", QueryCsv.Of(empty));
        Assert.Equal("[]\n", QueryJson.Of(empty));
    }

    [Fact]
    public async Task Parquet_gives_back_types_values_and_units()
    {
        using var file = new MemoryStream();
        await QueryParquet.WriteAsync(Table, file);
        await using var read = await ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        using var rows = read.OpenRowGroupReader(0);
        var fields = read.Schema.DataFields;
        async Task<T?[]> Column<T>(int column)
            where T : struct
        {
            var values = new T?[3];
            await rows.ReadAsync<T>(fields[column], values.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            return values;
        }

        var kernels = new string?[3];
        await rows.ReadAsync(fields[0], kernels.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["kernel", "p99.9", "loss", "simulated", "started"], fields.Select(f => f.Name));
        Assert.Equal<string?>(["rt, \"µ\"\n", null, "[1]"], kernels.AsEnumerable());
        Assert.Equal([long.MaxValue, null, -1], await Column<long>(1));
        Assert.Equal([0.001, null, 2], await Column<double>(2));
        Assert.Equal([true, null, false], await Column<bool>(3));
        Assert.Equal([new DateTime(2026, 3, 1, 8, 30, 0, DateTimeKind.Utc).AddMicroseconds(1), null, DateTime.UnixEpoch.AddMicroseconds(-1)], await Column<DateTime>(4));
        Assert.Equal("p99.9=ns\nloss=1", read.CustomMetadata[QueryParquet.Units]);
    }

    [Fact]
    public async Task Parquet_without_rows_has_its_columns()
    {
        using var file = new MemoryStream();
        await QueryParquet.WriteAsync(Table with { Rows = [] }, file);
        await using var read = await ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(5, read.Schema.DataFields.Length);
        Assert.Equal(0, read.RowGroupCount);
    }

    [Fact]
    public async Task A_file_that_was_not_written_to_its_end_leaves_what_was_there()
    {
        using var folder = new TempFolder();
        var path = folder.Write("trials.parquet", "before");

        await Assert.ThrowsAsync<IOException>(() => ReportFile.WriteAsync(path, async output =>
        {
            await output.WriteAsync(Encoding.UTF8.GetBytes("half"));
            throw new IOException("The disk is full.");
        }));

        Assert.Equal("before", await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken));
        Assert.Equal([path], Directory.GetFiles(folder.Path));
    }
}
