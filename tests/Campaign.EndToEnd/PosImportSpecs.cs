using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>A result folder of pos through the built program: imported, listed, shown, reported.</summary>
public sealed class PosImportSpecs
{
    private const string Time = "2020-10-07_23-22-39_868017";
    private const string Token = "0123456789abcdef";

    [Fact]
    public async Task A_result_folder_is_imported_listed_shown_and_reported()
    {
        using var folder = new TempFolder();
        using var results = new TempFolder();
        Write(folder);

        var import = await CampaignProcess.RunAsync(results.Path, "import", "pos", folder.Path, "--as", "forwarding");
        var again = await CampaignProcess.RunAsync(results.Path, "import", "pos", folder[$"user/default/{Time}"], "--as", "forwarding");
        var list = await CampaignProcess.RunAsync(results.Path, "list", "--json");
        var show = await CampaignProcess.RunAsync(results.Path, "show");
        var trial = await CampaignProcess.RunAsync(results.Path, "show", "--trial", "pkt_rate=300000", "--json");
        var text = await CampaignProcess.RunAsync(results.Path, "report", "--format", "md");
        var report = await CampaignProcess.RunAsync(results.Path, "report");

        Assert.True(import.Code == 0, import.ToString());
        Assert.Contains("4 pos runs: 3 ok, 0 with a remark, 1 defective", import.Error, StringComparison.Ordinal);
        Assert.Equal(import.Out, again.Out);
        Assert.Equal(1, (int)Assert.Single(JsonNode.Parse(list.Out)!.AsArray())!["failed"]!);
        Assert.Contains("throughput RX device 1, Mpps", show.Out, StringComparison.Ordinal);
        Assert.Equal(0.3, (double)JsonNode.Parse(trial.Out)!["trials"]![0]!["recorded"]!["throughput RX device 1"]!);
        Assert.Contains("throughput RX device 1 lies between 0.1 Mpps", text.Out, StringComparison.Ordinal);
        Assert.True(report.Code == 0, report.ToString());
        var page = await File.ReadAllTextAsync(report.Out.Trim(), TestContext.Current.CancellationToken);
        Assert.Contains("<figcaption>throughput RX device 1</figcaption>", page, StringComparison.Ordinal);
        Assert.Contains("its status is &#x27;running&#x27;", page.Replace("&#39;", "&#x27;", StringComparison.Ordinal).Replace("'", "&#x27;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.DoesNotContain(Directory.EnumerateFiles(results.Path, "*", SearchOption.AllDirectories), f => File.ReadAllText(f).Contains(Token, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("nowhere", "does not exist")]
    [InlineData("", "There is no result folder of pos in")]
    public async Task A_folder_without_results_exits_7_with_a_hint(string name, string message)
    {
        using var folder = new TempFolder();
        var import = await CampaignProcess.RunAsync(folder["results"], "import", "pos", folder[name]);

        Assert.Equal(7, import.Code);
        Assert.Empty(import.Out);
        Assert.Contains(message, import.Error, StringComparison.Ordinal);
        Assert.Contains("result folder", import.Error, StringComparison.Ordinal);
    }

    private static void Write(TempFolder folder)
    {
        void File(string name, string content) => folder.Write($"user/default/{Time}/{name}", content);
        File("config/allocation.json", $$"""{"id": "user_201007", "owner": "user", "token": "{{Token}}", "nodes": ["loadgen"]}""");
        File("loadgen/2020-10-07_23-25-53_032901_unknown.stdout", "b'setup'");
        for (var run = 0; run < 4; run++)
        {
            var command = $"loadgen/2020-10-07_23-27-11_423961_unknown_run{run}";
            File($"{command}.loop", $$"""{"pkt_sz": 64, "pkt_rate": {{(run + 1) * 100_000}}}""");
            File($"{command}.status", run == 3 ? "running" : "finished");
            File($"loadgen/throughput_run{run}.log", $"""
                [Device: id=1] RX: 0.{run + 1}000 (StdDev 0.0730) Mpps, 803.48 (StdDev 152) Mbit/s (865.29 Mbit/s with framing), total 90 packets with 6120 bytes (incl. CRC)
                [Device: id=0] TX: 0.{run + 1}000 (StdDev 0.0737) Mpps, 799.69 (StdDev 153) Mbit/s (861.21 Mbit/s with framing), total 100 packets with 6800 bytes (incl. CRC)
                """);
        }
    }
}
