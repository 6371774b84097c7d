using System.Security.Cryptography;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Storage;

/// <summary>Shards from several folders become one sweep, or nothing happens.</summary>
public sealed class MergeSpecs : IDisposable
{
    private const int Trials = 12;

    private readonly TempFolder _temp = new();

    [Fact]
    public void Three_shards_unite_into_what_one_run_would_have_stored()
    {
        var shards = Shards();
        var whole = Shard("whole", 0, Enumerable.Range(0, Trials));

        var outcome = Merge("merged", shards);

        Assert.Equal(new MergeOutcome(1, Trials, 0), outcome);
        using var merged = ResultsReader.Open(Folder("merged"));
        using var one = ResultsReader.Open(whole);
        var (joined, single) = (merged.Load(merged.Find().Sweep.Id), one.Load(one.Find().Sweep.Id));
        Assert.Equivalent(single.Trials, joined.Trials, strict: true);
        Assert.Equivalent(single.Sweep with { Origins = [] }, joined.Sweep with { Origins = [], Provenance = single.Sweep.Provenance }, strict: true);
        Assert.Equal(["run 0", "run 1", "run 2"], [joined.Sweep.Provenance.CommandLine, .. joined.Sweep.Origins.Select(o => o.Provenance.CommandLine)]);
        Assert.Equal(
            FilesOf(Path.Combine(whole.Root, "quickstart")),
            FilesOf(Path.Combine(_temp["merged"], "quickstart")));
    }

    [Fact]
    public void The_order_of_merging_does_not_matter()
    {
        var shards = Shards();
        Merge("forward", shards);
        Merge("backward", [.. shards.Reverse()]);

        using var forward = ResultsReader.Open(Folder("forward"));
        using var backward = ResultsReader.Open(Folder("backward"));
        Assert.Equivalent(forward.Load(forward.Find().Sweep.Id), backward.Load(backward.Find().Sweep.Id) with { Folder = forward.Find().Folder }, strict: true);
    }

    [Fact]
    public void Merging_twice_changes_nothing()
    {
        var shards = Shards();
        Merge("merged", shards);
        using var reader = ResultsReader.Open(Folder("merged"));
        var (trials, journal) = (reader.Load(reader.Find().Sweep.Id), reader.Journal(reader.Find().Sweep.Id));
        var database = Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Folder("merged").Database)));

        var again = Merge("merged", shards);

        Assert.Equal(new MergeOutcome(0, 0, Trials), again);
        Assert.Equivalent(trials, reader.Load(reader.Find().Sweep.Id), strict: true);
        Assert.Equal(journal, reader.Journal(reader.Find().Sweep.Id));
        Assert.Equal(database, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Folder("merged").Database))));
    }

    [Fact]
    public void A_trial_with_two_results_is_refused_by_name_and_nothing_changes()
    {
        var target = Shard("target", 0, [0, 1]);
        var fine = Shard("fine", 1, [5]);
        var other = Shard("other", 2, [1, 2], seed: 99);
        var before = FilesOf(target.Root);

        var refused = Assert.Throws<CampaignException>(() => Merge("target", fine, other));

        var trial = SweepSamples.Sweep(Trials).Trials[1];
        Assert.Equal(ExitCode.Definition, refused.Code);
        Assert.Contains($"trial {trial.Id} (kernel=nohz,rate=10000, repeat 1): {target.Root} and {other.Root}", refused.Message, StringComparison.Ordinal);
        Assert.Contains(SweepSamples.Sweep(Trials).Id, refused.Message, StringComparison.Ordinal);
        Assert.Equal(before, FilesOf(target.Root));
        using var reader = ResultsReader.Open(target);
        Assert.Equal(2, reader.Find().Finished);
    }

    [Fact]
    public void Two_sources_that_contradict_each_other_are_refused()
    {
        var (one, other) = (Shard("one", 0, [2]), Shard("other", 1, [2], seed: 99));

        Assert.Throws<CampaignException>(() => Merge("target", one, other));

        using var reader = ResultsReader.Open(Folder("target"));
        Assert.Empty(reader.List());
    }

    [Fact]
    public void Other_sweeps_come_along_and_an_absent_source_is_said()
    {
        var shard = Shard("one", 0, [1]);
        using (var results = ResultsWriter.Open(Folder("one"), TimeProvider.System))
        {
            results.BeginSweep(SweepSamples.Sweep(2, "base"), ["x"]);
        }

        Assert.Equal(2, Merge("target", shard).Sweeps);
        Assert.Equal(ExitCode.Nothing, Assert.Throws<CampaignException>(() => Merge("target", Folder("absent"))).Code);
    }

    public void Dispose() => _temp.Dispose();

    private ResultsFolder Folder(string name) => new(_temp[name]);

    private ResultsFolder[] Shards() => [.. Enumerable.Range(0, 3).Select(n => Shard($"shard{n}", n, Enumerable.Range(0, Trials).Where(p => p % 3 == n)))];

    private ResultsFolder Shard(string name, int minute, IEnumerable<int> positions, int seed = 1)
    {
        var planned = SweepSamples.Sweep(Trials, commandLine: $"run {minute}", minute: minute);
        using var results = ResultsWriter.Open(Folder(name), TimeProvider.System);
        var sweep = results.BeginSweep(planned, [.. planned.Trials.Select(t => t.Id)]);
        sweep.WriteSnapshot([new("plan.json", "{}")]);
        foreach (var position in positions)
        {
            var folder = sweep.PrepareFolder(SweepSamples.Trial(planned, position));
            File.WriteAllText(Path.Combine(ResultsFolder.Captures(folder), "pre.pcap.zst"), $"packets of {position}");
            sweep.Append(SweepSamples.Finished(planned, position, seed));
        }

        return Folder(name);
    }

    private MergeOutcome Merge(string target, params ResultsFolder[] sources)
    {
        using var results = ResultsWriter.Open(Folder(target), TimeProvider.System);
        return ResultsMerger.Merge(results, sources);
    }

    private static IEnumerable<string> FilesOf(string root) => Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
        .Where(f => !Path.GetFileName(f).StartsWith("campaign.", StringComparison.Ordinal) || f.EndsWith(".db", StringComparison.Ordinal))
        .Select(f => $"{Path.GetRelativePath(root, f)} {Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f)))}")
        .Order(StringComparer.Ordinal);
}
