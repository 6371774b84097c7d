using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>Stored trials asked through the built program.</summary>
public sealed class QuerySpecs
{
    [Fact]
    public async Task Trials_are_answered_as_table_json_csv_and_parquet()
    {
        using var folder = new TempFolder();
        await MeasureAsync(folder);
        string[] query = ["query", "rate=5k and neighbour and p99 > 1us", "--sweep", "latest"];

        var text = await CampaignProcess.RunAsync(folder.Path, query);
        var json = await CampaignProcess.RunAsync(folder.Path, [.. query, "--json"]);
        var csv = await CampaignProcess.RunAsync(folder.Path, [.. query, "--csv", "--columns", "repeat,isolation,p99", "--sort", "-isolation,repeat", "--limit", "4"]);
        var parquet = await CampaignProcess.RunAsync(folder.Path, [.. query, "--parquet", folder["out/trials.parquet"]]);

        Assert.True(text.Code == 0, text.ToString());
        Assert.Matches("^ +sweep +rate +isolation +neighbour +repeat +state +simulated +p50 +p99 +p99.9 +max +loss\n", text.Out);
        Assert.Equal(6, text.Out.Count(c => c == '\n') - 1);
        Assert.All(JsonNode.Parse(json.Out)!.AsArray(), row => Assert.True((bool)row!["simulated"]! && (int)row["rate"]! == 5000 && (long)row["p99"]! > 1000));
        Assert.Matches("^repeat,isolation,p99\n1,true,\\d+\n2,true,\\d+\n3,true,\\d+\n1,false,\\d+\n$", csv.Out);
        Assert.Equal(folder["out/trials.parquet"] + "\n", parquet.Out);
        Assert.Equal("PAR1"u8.ToArray(), (await File.ReadAllBytesAsync(folder["out/trials.parquet"], TestContext.Current.CancellationToken))[^4..]);
        Assert.Empty(Directory.GetFiles(folder["out"], "*.part"));
    }

    [Fact]
    public async Task What_cannot_be_answered_is_said_and_nothing_is_overwritten()
    {
        using var folder = new TempFolder();
        await MeasureAsync(folder);
        var precious = folder.Write("precious.txt", "precious");

        var wrong = await CampaignProcess.RunAsync(folder.Path, "query", "raet=5k and p999 < 2ms", "--json");
        var nothing = await CampaignProcess.RunAsync(folder.Path, "query", "state=failed", "--json");
        var header = await CampaignProcess.RunAsync(folder.Path, "query", "state=failed", "--csv", "--columns", "trial,reason");
        var taken = await CampaignProcess.RunAsync(folder.Path, "query", "--parquet", precious);
        var both = await CampaignProcess.RunAsync(folder.Path, "query", "--csv", "--json");

        Assert.Equal((2, ""), (wrong.Code, wrong.Out));
        Assert.StartsWith("EXPRESSION(1,1): error: There is no column 'raet'; did you mean 'rate'?\n  raet=5k and p999 < 2ms\n  ^^^^\nEXPRESSION(1,13): error: ", wrong.Error, StringComparison.Ordinal);
        Assert.Equal((7, "[]\n"), (nothing.Code, nothing.Out));
        Assert.StartsWith("error: No trial is selected.\n", nothing.Error, StringComparison.Ordinal);
        Assert.Equal((7, "trial,reason\n"), (header.Code, header.Out));
        Assert.Equal((2, "precious"), (taken.Code, await File.ReadAllTextAsync(precious, TestContext.Current.CancellationToken)));
        Assert.Equal(2, both.Code);
    }

    [Fact]
    public async Task The_columns_are_listed_with_their_units()
    {
        using var folder = new TempFolder();
        await MeasureAsync(folder);

        var fields = await CampaignProcess.RunAsync(folder.Path, "query", "--fields");

        Assert.True(fields.Code == 0, fields.ToString());
        Assert.Matches("\nrate +integer +pkt/s +axis: 1000, 5000\n", fields.Out);
        Assert.Matches("\np99.9 +integer +ns ", fields.Out);
    }

    private static async Task MeasureAsync(TempFolder folder)
    {
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());
    }
}
