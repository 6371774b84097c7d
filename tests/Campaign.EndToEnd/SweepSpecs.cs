using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>Whole sweeps, with real packets over loopback.</summary>
public sealed class SweepSpecs
{
    // Short enough for a test, real all the same: two rates, four trials of a fifth of a second.
    private static readonly string[] Short = ["run", "sweeps/quickstart.lua", "--set", "duration=0.2", "--only", "neighbour=false"];

    [Fact]
    public async Task The_quickstart_measures_real_packets_and_writes_a_report()
    {
        using var folder = new TempFolder();

        var ended = await CampaignProcess.RunAsync(folder.Path, Short);

        Assert.True(ended.Code == 0, ended.ToString());
        var report = ended.Out.Trim();
        Assert.Contains("<svg", await File.ReadAllTextAsync(report, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.All(Directory.GetDirectories(Path.GetDirectoryName(report)!, "0*"), t => Assert.Equal(
            ["captures", "latency.hgrm", "latency.hlog", "logs", "worst.csv"], Directory.EnumerateFileSystemEntries(t).Select(Path.GetFileName).Order(StringComparer.Ordinal)));
        var results = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Path.GetDirectoryName(report)!, "results.json"), TestContext.Current.CancellationToken));
        var trials = await TrialsAsync(folder.Path);
        Assert.Equal(trials.Count, results!["cells"]!.AsArray().Sum(c => (int)c!["counted"]!));
        Assert.All(trials, t => Assert.True((long)t["matched"]! > 0, t.ToJsonString()));
        Assert.All(trials, t => Assert.Contains((string)t["state"]!, new[] { "ok", "degraded" }));
    }

    [Fact]
    public async Task A_killed_sweep_goes_on_where_it_stopped()
    {
        using var folder = new TempFolder();
        using (var first = CampaignProcess.Start(folder.Path, Short))
        {
            await first.SaidAsync("repeat ", times: 3);
            first.Signal("KILL");
            await first.EndAsync();
        }

        var before = await TrialsAsync(folder.Path);
        var again = await CampaignProcess.RunAsync(folder.Path, Short);
        var after = await TrialsAsync(folder.Path);

        Assert.True(again.Code == 0, again.ToString());
        Assert.Contains("Continuing sweep", again.Error, StringComparison.Ordinal);
        Assert.InRange(before.Count, 3, after.Count - 1);
        Assert.All(before, t => Assert.Contains(after, a => JsonNode.DeepEquals(a, t)));
        Assert.Equal(after.Count, after.Select(t => (string)t["id"]!).Distinct().Count());
        Assert.True(File.Exists(again.Out.Trim()), again.ToString());
    }

    [Fact]
    public async Task Trials_that_failed_are_measured_again_when_asked_for()
    {
        using var folder = new TempFolder();
        var campaign = folder.Write("failing.lua", """
            campaign { name = "failing", title = "One cell fails", testbed = "local" }
            axis("works", { true, false })
            setup(function(c, tb) tb.dut:forward {} end)
            measure(function(c, tb)
              if not c.works then error("this one does not") end
              return traffic { rate = 1000, size = 64, duration = 0.2 }
            end)
            """);
        var first = await CampaignProcess.RunAsync(folder["results"], "run", campaign);
        var again = await CampaignProcess.RunAsync(folder["results"], "resume", "--again", "failed");

        Assert.True(first.Code == 4, first.ToString());
        Assert.True(again.Code == 4, again.ToString());
        Assert.Contains("1 of 2 trials are finished, 1 remain", again.Error, StringComparison.Ordinal);
        Assert.Equal(2, (await TrialsAsync(folder["results"])).Count);
    }

    [Fact]
    public async Task The_first_interrupt_saves_and_says_how_to_resume()
    {
        using var folder = new TempFolder();
        using var run = CampaignProcess.Start(folder.Path, Short);
        await run.SaidAsync("repeat ");
        run.Signal("INT");
        var ended = await run.EndAsync();

        Assert.True(ended.Code == 130, ended.ToString());
        Assert.Contains("Resume with: campaign run sweeps/quickstart.lua", ended.Error, StringComparison.Ordinal);
        var before = await TrialsAsync(folder.Path);

        var resumed = await CampaignProcess.RunAsync(folder.Path, Short);

        Assert.True(resumed.Code == 0, resumed.ToString());
        var after = await TrialsAsync(folder.Path);
        Assert.All(before, t => Assert.Contains(after, a => JsonNode.DeepEquals(a, t)));
    }

    [Fact]
    public async Task Shards_that_ran_apart_join_into_what_one_run_stores()
    {
        using var folder = new TempFolder();
        string[] simulated = ["run", "sweeps/quickstart.lua", "--testbed", "simulated"];
        var whole = await CampaignProcess.RunAsync(folder["whole"], simulated);
        foreach (var shard in new[] { "1", "2", "3" })
        {
            var ended = await CampaignProcess.RunAsync(folder["shard" + shard], [.. simulated, "--shard", shard + "/3"]);
            Assert.True(ended.Code == 0, ended.ToString());
        }

        var merged = await CampaignProcess.RunAsync(folder["merged"], "merge", folder["shard1"], folder["shard2"], folder["shard3"]);

        Assert.True(merged.Code == 0, merged.ToString());
        Assert.Equal(await NumbersAsync(whole.Out.Trim()), await NumbersAsync(merged.Out.Trim()));
        var once = await TrialsAsync(folder["merged"]);

        var twice = await CampaignProcess.RunAsync(folder["merged"], "merge", folder["shard1"], folder["shard2"], folder["shard3"]);

        Assert.True(twice.Code == 0, twice.ToString());
        Assert.Equal(once.Select(t => t.ToJsonString()), (await TrialsAsync(folder["merged"])).Select(t => t.ToJsonString()));
    }

    [Fact]
    public async Task A_conflicting_result_is_refused_by_name()
    {
        using var folder = new TempFolder();
        await CampaignProcess.RunAsync(folder["one"], Short);
        await CampaignProcess.RunAsync(folder["two"], Short);
        var before = await TrialsAsync(folder["one"]);

        var ended = await CampaignProcess.RunAsync(folder["one"], "merge", folder["two"]);

        Assert.NotEqual(0, ended.Code);
        Assert.Contains((string)before[0]["id"]!, ended.Error, StringComparison.Ordinal);
        Assert.Contains(folder["two"], ended.Error, StringComparison.Ordinal);
        Assert.Equal(before.Select(t => t.ToJsonString()), (await TrialsAsync(folder["one"])).Select(t => t.ToJsonString()));
    }

    [Fact]
    public async Task Reading_while_a_sweep_runs_disturbs_nobody()
    {
        using var folder = new TempFolder();
        using var run = CampaignProcess.Start(folder.Path, Short);
        await run.SaidAsync("repeat ");
        for (var i = 0; i < 5; i++)
        {
            var list = await CampaignProcess.RunAsync(folder.Path, "list");
            Assert.True(list.Code == 0, list.ToString());
        }

        var second = await CampaignProcess.RunAsync(folder.Path, Short);
        var ended = await run.EndAsync();

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains(second.Code, new[] { 0, 75 });
    }

    private static async Task<List<JsonNode>> TrialsAsync(string results)
    {
        var ended = await CampaignProcess.RunAsync(results, "show", "--json");
        Assert.True(ended.Code == 0, ended.ToString());
        return [.. JsonNode.Parse(ended.Out)!["trials"]!.AsArray().Select(t => t!)];
    }

    // The report's table of trials, without what differs between two runs of the same sweep: when, and how long.
    private static async Task<string[]> NumbersAsync(string report)
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Path.GetDirectoryName(report)!, "summary.csv"), TestContext.Current.CancellationToken);
        var columns = lines[0].Split(',');
        var (started, took) = (Array.IndexOf(columns, "started"), Array.IndexOf(columns, "took_s"));
        return [.. lines.Select(l => string.Join(',', l.Split(',').Where((_, i) => i != started && i != took)))];
    }
}
