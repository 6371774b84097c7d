using System.Diagnostics;
using System.Text.Json;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Importing;
using Campaign.Importing.Pos;
using Campaign.Reporting;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Importing;

/// <summary>A complete result folder that was published in 2020: two nodes, 140 runs.</summary>
public sealed class PosTreeSpecs : IDisposable
{
    private readonly TempFolder _folder = new();

    [Fact]
    public void A_published_folder_becomes_a_sweep_whose_report_shows_what_was_received()
    {
        var sweep = Import();
        Assert.Equal(["pkt_sz", "pkt_rate"], sweep.Sweep.Axes.Select(a => a.Name));
        Assert.Equal((140, 7, 20), (sweep.Trials.Length, sweep.Sweep.Axes[0].Values.Length, sweep.Sweep.Axes[1].Values.Length));
        Assert.All(sweep.Trials, t => Assert.Equal((TrialState.Ok, 12), (t.Result.State, t.Result.Metrics.Length)));

        // Run 43, and what MoonGen says of it in its last two lines.
        Assert.Equal([Value.Of(256), Value.Of(400_000)], sweep.Trials[43].Header.Cell.Select(v => v.Value));
        var metrics = sweep.Trials[43].Result.Metrics.ToDictionary(m => m.Name, m => m.Value);
        Assert.Equal((12_000_000, 11_977_081), (metrics["throughput TX device 0 packets"], metrics["throughput RX device 1 packets"]));
        Assert.Equal((0.3845, 0.0730, 22_919), (metrics["throughput TX device 0 mean"], metrics["throughput RX device 1 deviation"], metrics["throughput lost"]));
        Assert.Equal(0.4, metrics["throughput TX device 0"], 0.001);

        var analysis = Analyst.Analyse(sweep);
        Assert.Contains(analysis.Findings, f => f.Text == "140 of 140 planned trials, in 140 cells, have no latencies, but 12 recorded figures.");
        Assert.DoesNotContain(analysis.Findings, f => f.Kind is FindingKind.Problem or FindingKind.Unknown);
        var page = Reporter.Page(sweep, analysis);
        Assert.Contains("<figcaption>throughput RX device 1</figcaption>", page, StringComparison.Ordinal);
        Assert.Contains("1.738 Mpps", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_nodes_are_facts_and_its_token_is_nowhere()
    {
        var sweep = Import();
        var allocation = Path.Combine(sweep.Sweep.Imported!.Source, "config", "allocation.json");
        var token = JsonDocument.Parse(File.ReadAllText(allocation)).RootElement.GetProperty("token").GetString()!;
        var facts = sweep.Sweep.Provenance.Facts.ToDictionary(f => f.Name, f => f.Value);

        Assert.Equal(("gallenmu_201007_232239_868017", "default/debian-buster"), (facts["allocation.id"], facts["node.tether.image"]));
        Assert.Equal("e56bb072d8892e3d5c288dec5aa8e0540cc17eb8", facts["variable.moongen_repo_commit"]);
        Assert.DoesNotContain(facts.Values, v => v.Contains(token, StringComparison.Ordinal));
        Assert.DoesNotContain(token, Reporter.Page(sweep, Analyst.Analyse(sweep)), StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private StoredSweep Import()
    {
        var archive = TestData.Path("pos/result-tree-2020.tar.xz");
        using (var tar = Process.Start("tar", ["-xf", archive, "-C", _folder.Path]))
        {
            tar.WaitForExit();
            Assert.Equal(0, tar.ExitCode);
        }

        var origin = new ImportOrigin([], new Provenance("0", "", false, "campaign import pos", "", "", []), SweepSamples.Start);
        var found = Assert.Single(PosImport.Find(_folder.Path, "forwarding", origin).Sweeps);
        using (var writer = ResultsWriter.Open(new ResultsFolder(_folder["results"]), TimeProvider.System))
            PosImport.Run(found, writer);

        using var reader = ResultsReader.Open(new ResultsFolder(_folder["results"]));
        return reader.Load(reader.List().Single().Sweep.Id);
    }
}
