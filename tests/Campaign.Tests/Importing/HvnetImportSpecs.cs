using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Importing;

/// <summary>Small result sets, written here.</summary>
public sealed class HvnetImportSpecs
{
    private const string Name = "latencies-pre-rate1000-repeat0.pcap.zst";

    [Fact]
    public void Known_ranks_keep_their_nanoseconds_and_the_others_their_bucket()
    {
        using var folder = new TempFolder();
        Write(folder, "");
        var latencies = Assert.Single(Import(folder, out _).Trials).Result.Measurement!.Evaluation.Latencies;

        // Ten packets: 0.5 is rank 5, the two worst are ranks 9 and 10.
        Assert.Equal(10, latencies.Count);
        Assert.Equal([(123L, 1L), (150, 3), (171, 1), (250, 3), (299, 1), (1234, 1)], latencies.Values.Zip(latencies.Counts));
        Assert.Equal((171, 1234), (latencies.Percentile(0.5), latencies.Maximum));
    }

    [Fact]
    public void Importing_the_same_folder_again_adds_nothing()
    {
        using var folder = new TempFolder();
        Write(folder, "");
        Write(folder, "other/");
        var first = Import(folder, out var results);
        Assert.Equal(["other", ""], first.Sweep.Axes.Single(a => a.Name == "set").Values.Select(v => v.ToString()).OrderDescending());

        Assert.Equal(first.Sweep.Id, Run(folder, results).Id);
        using var reader = ResultsReader.Open(results);
        Assert.Single(reader.List());
    }

    [Fact]
    public void Files_that_contradict_each_other_are_said()
    {
        using var folder = new TempFolder();
        Write(folder, "", percentile: "671");
        var trial = Assert.Single(Import(folder, out _).Trials);

        Assert.Equal(TrialState.Degraded, trial.Result.State);
        Assert.Equal(
            ["The files contradict each other: packet 5 of 10 has 671 ns in the percentiles or the worst list, and lies in the bucket from 100 ns of the histogram."], trial.Result.Reasons);
    }

    [Fact]
    public void Damaged_and_missing_files_are_named()
    {
        using var folder = new TempFolder();
        Write(folder, "");
        File.WriteAllText(folder[$"{Name}.trim_ms0.num_worst5000.worst.csv"], "latency,prets,postts,encode\n12,nonsense\n");
        File.Delete(folder[$"{Name}.trim_ms0.packetratepost.csv"]);
        var trial = Assert.Single(Import(folder, out _).Trials);

        Assert.Equal(TrialState.Degraded, trial.Result.State);
        Assert.Contains(trial.Result.Reasons, r => r.Contains("line 2 is '12,nonsense'", StringComparison.Ordinal));
        Assert.Contains(trial.Result.Reasons, r => r.Contains("packetratepost.csv is missing", StringComparison.Ordinal));
        Assert.False(trial.Result.Measurement!.Knows(Unknown.Maximum));
    }

    [Fact]
    public void A_folder_without_result_sets_is_said_to_be_one()
    {
        using var folder = new TempFolder();
        var refusal = Assert.Throws<CampaignException>(() => Import(folder, out _));
        Assert.Equal(ExitCode.Nothing, refusal.Code);
        Assert.StartsWith("There is no result set of HVNet in", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_this_program_writes_it_also_reads()
    {
        var archive = (Pre: TestData.Path("captures/l2fwd-hw-pre.pcap.zst"), Post: TestData.Path("captures/l2fwd-hw-post.pcap.zst"));
        var pair = CapturePair.EvaluateBoth(
            archive.Pre, archive.Post, new EvaluationOptions { Identity = PacketIdentity.Hvnet }, TestContext.Current.CancellationToken);
        using var folder = new TempFolder();
        foreach (var (suffix, content) in Captures.Outputs.HvnetCsv.Files(pair))
            folder.Write(Name + suffix, content);

        var trial = Assert.Single(Import(folder, out _).Trials);
        var read = trial.Result.Measurement!.Evaluation;
        Assert.Equal(TrialState.Ok, trial.Result.State);
        Assert.Equal([3137, 3174, 3362, 7650, 12462, 13325, 13550], new[] { 0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999 }.Select(read.Latencies.Percentile));
        Assert.Equal(pair.All.Worst.Select(w => (w.Latency, w.PreTimestamp)), read.Worst.Select(w => (w.Latency, w.PreTimestamp)));
        Assert.Equal(pair.All.Pre.PacketsPerSecond, read.Pre.PacketsPerSecond, 100.0);
    }

    private static void Write(TempFolder folder, string inside, string percentile = "171")
    {
        void File(string suffix, string content) => folder.Write($"{inside}{Name}{suffix}", content);
        File(".bucket_size100.trim_ms0.hist.csv", "latency_bucket,count\n100,5\n200,4\n1200,1\n");
        File(".bucket_size100.trim_ms0.jitterpre.csv", "bucket,count\n900,9\n");
        File(".bucket_size100.trim_ms0.jitterpost.csv", "bucket,count\n900,9\n");
        File(".trim_ms0.num_worst5000.worst.csv", "latency,prets,postts,encode\n1234,1000,2234,0800\n299,3000,3299,0800\n");
        File(".trim_ms0.percentiles.csv", $"percentile,value,onefraconeminuspercentile\n0.0,123,1.0\n0.5,{percentile},2.0\n");
        File(".trim_ms0.stats.csv", "pre_received,post_received,pre_received_trimmed,post_received_trimmed\n10,10,10,10\n");
        File(".trim_ms0.transferrate.csv", "pre_received,post_received,transferrate,pre_pkts_per_second,post_pkts_per_second\n10,10,1.0,10,10\n");
        File(".trim_ms0.packetratepre.csv", "ts,count\n1000,10\n");
        File(".trim_ms0.packetratepost.csv", "ts,count\n2000,10\n");
    }

    private static StoredSweep Import(TempFolder folder, out ResultsFolder results)
    {
        results = new ResultsFolder(folder["results"]);
        var sweep = Run(folder, results);
        using var reader = ResultsReader.Open(results);
        return reader.Load(sweep.Id);
    }

    private static SweepRecord Run(TempFolder folder, ResultsFolder results)
    {
        var found = HvnetImport.Find(folder.Path, "small", new ImportOrigin([], new Provenance("0", "", false, "campaign import hvnet", "", "", []), SweepSamples.Start));
        using var writer = ResultsWriter.Open(results, TimeProvider.System);
        return HvnetImport.Run(found, writer);
    }
}
