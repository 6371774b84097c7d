using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Reporting;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed class ReporterSpecs
{
    [Fact]
    public void A_report_is_three_files_and_two_more_for_each_measured_trial()
    {
        using var folder = new TempFolder();
        var stored = new SampleSweep(rates: 1, repeats: 2).Build();

        var path = Reporter.Write(stored, Analyst.Analyse(stored), folder.Path);
        Reporter.Write(stored, Analyst.Analyse(stored), folder.Path);

        Assert.Equal(folder["report.html"], path);
        var files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Equal(3 + (2 * 8), files.Length);
        Assert.DoesNotContain(files, f => f.EndsWith(".part", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(folder.Path, $"0001-{stored.Trials[0].Header.Id}", "latency.hgrm")));
    }

    [Fact]
    public void Only_files_that_exist_are_linked()
    {
        using var folder = new TempFolder();
        var stored = new SampleSweep(rates: 1, repeats: 1).Build();
        folder.Write($"0001-{stored.Trials[0].Header.Id}/logs/forwarder #1.log", "");

        var html = File.ReadAllText(Reporter.Write(stored, Analyst.Analyse(stored), folder.Path));

        Assert.Contains($"href=\"./0001-{stored.Trials[0].Header.Id}/logs/forwarder%20%231.log\"", html, StringComparison.Ordinal);
        Assert.DoesNotContain(".pcap\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void The_summary_has_a_row_for_each_planned_trial()
    {
        var stored = new SampleSweep(rates: 1, repeats: 1, seconds: 1, packetsPerSecond: 400).Build();
        var incomplete = stored with { Trials = stored.Trials.RemoveAt(1) };

        Snapshot.Match(SummaryCsv.Of(incomplete.Sweep, Analyst.Analyse(incomplete)), "csv");
    }

    [Fact]
    public void A_name_that_is_taken_gets_the_prefix_that_a_query_has_for_it()
    {
        var stored = new SampleSweep(rates: 1, repeats: 1, seconds: 1, packetsPerSecond: 400).Build();
        var axes = stored.Sweep.Axes.Replace(stored.Sweep.Axes[0], stored.Sweep.Axes[0] with { Name = "repeat" });
        string[] names = ["lost", "metric.lost", "neighbour", "repeat", "power"];
        var named = stored with
        {
            Sweep = stored.Sweep with { Axes = axes },
            Trials = [stored.Trials[0] with { Result = stored.Trials[0].Result with { Metrics = [.. names.Select(n => new Metric(n, 1, ""))] } }],
        };
        var analysis = Analyst.Analyse(stored with { Trials = named.Trials });
        string[] columns = SummaryCsv.Of(named.Sweep, analysis).Split('\n')[0].Split(',');

        Assert.Equal(columns.Distinct(), columns);
        Assert.Equal(["trial", "axis.repeat", "isolation", "neighbour", "repeat"], columns[..5]);
        Assert.Equal(["metric.lost", "metric.metric.lost", "metric.neighbour", "metric.repeat", "power"], columns[^5..]);
        Assert.Contains("metric.lost", Reporter.Page(stored with { Trials = named.Trials }, analysis), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_that_are_written_at_once_are_whole_and_no_file_of_another_is_touched()
    {
        using var folder = new TempFolder();
        var (path, other) = (folder["trials.parquet"], folder.Write("trials.parquet.part", "mine"));
        await ReportFile.WriteAsync(path, async output =>
        {
            await output.WriteAsync("first"u8.ToArray());
            ReportFile.Write(path, "second");
            Assert.Equal("second", File.ReadAllText(path));
        });

        Assert.Equal(("first", "mine"), (File.ReadAllText(path), File.ReadAllText(other)));
        Assert.Equal([path, other], Directory.GetFiles(folder.Path).Order());
    }

    [Fact]
    public void The_largest_latencies_keep_their_timestamps() =>
        Assert.Equal(
            "latency,prets,postts,encode\n900,1000,1900,00ff\n-5,7,2,a1\n",
            WorstCsv.Of([new(900, 1000, 1900, "00ff"), new(-5, 7, 2, "a1")]));
}
