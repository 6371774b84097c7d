using Campaign.Conducting;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Storage;

/// <summary>Beginning and continuing sweeps, and who may write.</summary>
public sealed class WriterSpecs : IDisposable
{
    private readonly TempFolder _temp = new();

    private ResultsFolder Folder => new(_temp["results"]);

    [Fact]
    public void A_sweep_that_lacks_a_trial_is_continued()
    {
        var planned = SweepSamples.Sweep(3);
        using (var first = ResultsWriter.Open(Folder, TimeProvider.System))
        {
            var begun = first.BeginSweep(planned, Ids(planned));
            Assert.False(begun.Continued);
            begun.Append(SweepSamples.Finished(planned, 1));
        }

        using var second = ResultsWriter.Open(Folder, TimeProvider.System);
        var continued = second.BeginSweep(planned with { Started = SweepSamples.Start.AddDays(1) }, Ids(planned));

        Assert.True(continued.Continued);
        Assert.Equal(planned.Id, continued.Sweep.Id);
        Assert.Equal(SweepSamples.Start, continued.Sweep.Started);
        Assert.Equal([planned.Trials[1].Id], continued.Finished);
    }

    [Fact]
    public void A_complete_sweep_is_not_touched_and_a_new_one_gets_the_next_number()
    {
        var planned = SweepSamples.Sweep(1);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        results.BeginSweep(planned, Ids(planned)).Append(SweepSamples.Finished(planned, 0));

        var second = results.BeginSweep(planned, Ids(planned));
        var third = results.BeginSweep(planned, Ids(planned), fresh: true);

        Assert.Equal([planned.Id + "-2", planned.Id + "-3"], [second.Sweep.Id, third.Sweep.Id]);
        Assert.Equal([planned.Id + "-3", planned.Id + "-2", planned.Id], results.FindSweeps(planned.Identity).Select(s => s.Sweep.Id));
    }

    [Fact]
    public void A_shard_that_is_complete_leaves_the_sweep_open_for_the_other_shards()
    {
        var planned = SweepSamples.Sweep(4);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        results.BeginSweep(planned, Ids(planned).Take(1).ToArray()).Append(SweepSamples.Finished(planned, 0));

        var other = results.BeginSweep(planned, Ids(planned).Skip(1).ToArray());

        Assert.True(other.Continued);
        Assert.Equal(planned.Id, other.Sweep.Id);
    }

    [Fact]
    public void Trials_that_ended_in_a_state_are_measured_again_and_keep_their_result_until_then()
    {
        var planned = SweepSamples.Sweep(2);
        using (var results = ResultsWriter.Open(Folder, TimeProvider.System))
        {
            var first = results.BeginSweep(planned, Ids(planned));
            first.Append(Ended(planned, 0, TrialState.Ok, seed: 1));
            first.Append(Ended(planned, 1, TrialState.Degraded, seed: 1));

            var again = results.Repeat(first.Sweep, new HashSet<TrialState> { TrialState.Degraded });
            Assert.Equal([planned.Trials[0].Id], again.Finished);
            Assert.Equal(2, results.FindSweeps(planned.Identity)[0].Finished.Count);
            again.Append(Ended(planned, 1, TrialState.Ok, seed: 7));

            var nothing = Assert.Throws<CampaignException>(() => results.Repeat(first.Sweep, new HashSet<TrialState> { TrialState.Degraded, TrialState.Failed }));
            Assert.Equal(ExitCode.Nothing, nothing.Code);
        }

        using var reader = ResultsReader.Open(Folder);
        var stored = reader.Load(planned.Id).Trials;
        Assert.All(stored, t => Assert.Equal(TrialState.Ok, t.Result.State));
        Assert.Equal(
            SweepSamples.Finished(planned, 1, seed: 7).Result.Measurement!.Evaluation.Latencies.ToBytes(), stored[1].Result.Measurement!.Evaluation.Latencies.ToBytes());
    }

    [Fact]
    public void A_second_result_for_a_finished_trial_is_refused()
    {
        var planned = SweepSamples.Sweep(1);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        var sweep = results.BeginSweep(planned, Ids(planned));
        sweep.Append(SweepSamples.Finished(planned, 0));

        Assert.Throws<InvalidOperationException>(() => sweep.Append(SweepSamples.Finished(planned, 0)));
    }

    [Fact(Timeout = 60_000)]
    public async Task A_second_writer_is_told_who_writes()
    {
        using var holder = DummyProcess.Start("store-holder", Folder.Root);
        Assert.Equal("holds", await holder.Output.ReadLineAsync(TestContext.Current.CancellationToken));

        var refused = Assert.Throws<CampaignException>(() => ResultsWriter.Open(Folder, TimeProvider.System));

        Assert.Equal(ExitCode.Busy, refused.Code);
        Assert.Contains($"process {holder.Id} on ", refused.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_killed_writer_lets_the_next_one_in()
    {
        using (var holder = DummyProcess.Start("store-holder", Folder.Root))
        {
            await holder.Output.ReadLineAsync(TestContext.Current.CancellationToken);
            holder.Kill();
        }

        ResultsWriter.Open(Folder, TimeProvider.System).Dispose();
    }

    [Fact]
    public void A_reader_in_the_same_moment_sees_what_has_been_stored()
    {
        var planned = SweepSamples.Sweep(3);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        var sweep = results.BeginSweep(planned, Ids(planned));
        using var reader = ResultsReader.Open(Folder);
        for (var position = 0; position < 3; position++)
        {
            sweep.Append(new TrialEvent.StepStarted(SweepSamples.Start, SweepSamples.Trial(planned, position), "measure"));
            sweep.Append(SweepSamples.Finished(planned, position));
            Assert.Equal(position + 1, reader.Find().Finished);
        }

        Assert.Equal(["StepStarted", "Finished"], reader.Journal(planned.Id).Take(2).Select(j => j.Kind));
        Assert.Equal("Degraded It is Degraded.", reader.Journal(planned.Id)[3].Text);
    }

    [Fact]
    public void A_trial_that_starts_over_finds_nothing_of_its_first_attempt()
    {
        var planned = SweepSamples.Sweep(12);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        var sweep = results.BeginSweep(planned, Ids(planned));
        var folder = sweep.PrepareFolder(SweepSamples.Trial(planned, 6));
        File.WriteAllText(Path.Combine(ResultsFolder.Captures(folder), "pre.pcap"), "half");

        Assert.Equal(folder, sweep.PrepareFolder(SweepSamples.Trial(planned, 6)));

        Assert.Equal($"0007-{planned.Trials[6].Id}", Path.GetFileName(folder));
        Assert.Empty(Directory.EnumerateFiles(ResultsFolder.Captures(folder)));
        Assert.Equal("trial 6\n", File.ReadAllText(Path.Combine(folder, "rendered/dut/etc/forwarder/config")));
    }

    [Fact]
    public void A_snapshot_keeps_its_folders_and_never_leaves_its_own()
    {
        var planned = SweepSamples.Sweep(1);
        using var results = ResultsWriter.Open(Folder, TimeProvider.System);
        var sweep = results.BeginSweep(planned, Ids(planned));
        sweep.WriteSnapshot([new("templates/host/cmdline", "quiet"), new("plan.json", "{}")]);

        Assert.Equal("quiet", File.ReadAllText(Path.Combine(sweep.Folder, "snapshot/templates/host/cmdline")));
        Assert.Throws<ArgumentException>(() => sweep.WriteSnapshot([new("../../elsewhere", "")]));
    }

    public void Dispose() => _temp.Dispose();

    private static string[] Ids(SweepRecord sweep) => [.. sweep.Trials.Select(t => t.Id)];

    private static TrialEvent.Finished Ended(SweepRecord planned, int position, TrialState state, int seed)
    {
        var finished = SweepSamples.Finished(planned, position, seed);
        return finished with { Result = finished.Result with { State = state } };
    }
}
