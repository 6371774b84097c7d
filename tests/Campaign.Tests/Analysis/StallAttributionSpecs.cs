using Campaign.Analysis;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Importing;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class StallAttributionSpecs
{
    [Fact]
    public void The_two_largest_stalls_of_the_published_pair_coincide_with_TLB_shootdowns_and_the_clocks_are_unrelated()
    {
        var evaluation = CapturePair.Evaluate(
            TestData.Path("attribution/tlbshootdown-pre.pcap.zst"), TestData.Path("attribution/tlbshootdown-post.pcap.zst"), new EvaluationOptions(),
            TestContext.Current.CancellationToken);
        var trial = Trial(evaluation);
        string[] sentences =
            [.. StallAttribution.Describe(trial.Stalls, trial.LargeStalls, evaluation.Pre.FirstTimestamp, InterruptRecording.Read(TestData.Path("attribution/irq-vm.csv")))];

        Assert.Equal(5, trial.Stalls.Length);
        Assert.StartsWith("5 stalls in which packets waited together:", sentences[0], StringComparison.Ordinal);
        Assert.Contains("634.5 µs at 1.042 s (18 packets)", sentences[0], StringComparison.Ordinal);
        Assert.Contains("1881.5 µs at 11.283 s (24 packets)", sentences[0], StringComparison.Ordinal);
        Assert.StartsWith("The two largest stalls, 10.24 s apart, coincide with TLB shootdowns on CPU 1: so far apart it came 5 and 4 times, 9 of 10 in all,", sentences[1], StringComparison.Ordinal);
        Assert.Contains("The recorder's clock is unrelated to that of the captures", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void On_the_clock_of_the_captures_seconds_with_and_without_the_interrupt_are_compared()
    {
        using var folder = new TempFolder();
        var lines = Enumerable.Range(1, 60).SelectMany(s => s is 3 or 10 or 21 or 33 or 50 or 58
            ? new[] { $"{s}000000000,LOC,Local timer interrupts,1,250", $"{s}000000000,TLB,TLB shootdowns,1,5" }
            : [$"{s}000000000,LOC,Local timer interrupts,1,250"]);
        var recording = InterruptRecording.Read(folder.Write("interrupts.csv", "time_ns,interrupt,description,cpu,count\n" + string.Join('\n', lines) + "\n"));
        Stall[] stalls = [.. new[] { 10, 21, 33, 50 }.Select(s => new Stall((s * 1_000_000_000L) - 400_000_000, s * 1_000_000_000L, 500_000, 20))];

        var sentences = StallAttribution.Describe([.. stalls], [.. stalls], 0, recording).ToArray();

        Assert.StartsWith("Stalls coincide with TLB shootdowns on CPU 1: 4 in 6 intervals with it, 0 in 54 without (all of them;", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Where_attestation_tells_which_CPUs_move_packets_interrupts_elsewhere_do_not_count()
    {
        using var folder = new TempFolder();
        var lines = Enumerable.Range(0, 30).SelectMany(s => s % 10 == 1 || s % 10 == 5
            ? new[] { $"{s}000000000,LOC,Local timer interrupts,1,250", $"{s}000000000,TLB,TLB shootdowns,1,5", $"{s}000000000,RES,Rescheduling interrupts,2,{s}" }
            : [$"{s}000000000,LOC,Local timer interrupts,1,250"]);
        var recording = InterruptRecording.Read(folder.Write("interrupts.csv", "time_ns,interrupt,description,cpu,count\n" + string.Join('\n', lines) + "\n"));
        var evaluation = CapturePair.Evaluate(
            TestData.Path("attribution/tlbshootdown-pre.pcap.zst"), TestData.Path("attribution/tlbshootdown-post.pcap.zst"), new EvaluationOptions(),
            TestContext.Current.CancellationToken);
        var trial = Trial(evaluation);
        var attested = trial with { Trial = trial.Trial with { Result = trial.Trial.Result with { Facts = [new Fact(NodeFacts.ForwarderCpus, "1-2")] } } };
        var elsewhere = trial with { Trial = trial.Trial with { Result = trial.Trial.Result with { Facts = [new Fact(NodeFacts.ForwarderCpus, "3")] } } };

        // An interval counts in the second in which it ends; softirqs are no interrupts.
        var soft = recording with { Series = [.. recording.Series, new InterruptSeries("NET_RX", "softirq", 1, [.. Enumerable.Repeat(7L, 30)])] };
        Assert.Equal([256L, 250L, 250L, 250L, 260L, 250L], PacketInterrupts.Of(attested, soft).EachSecond(0, 6));
        Assert.Equal([0L, 0L], PacketInterrupts.Of(elsewhere, soft).EachSecond(0, 2));
        Assert.Empty(PacketInterrupts.Of(attested, soft with { SharesClock = false }).EachSecond(0, 6));

        Assert.Equal([1, 2], recording.On([1, 2]).Series.Select(s => s.Cpu).Distinct().Order());
        Assert.Single(StallAttribution.Describe(elsewhere, recording));
        Assert.Equal(2, StallAttribution.Describe(attested, recording).Count());
        Assert.Contains("on the packet CPUs 1-2", StallAttribution.Describe(attested, recording).Last(), StringComparison.Ordinal);
    }

    private static TrialAnalysis Trial(LatencyEvaluation evaluation) => TrialAnalysis.Of(
        new StoredTrial("sweep", new TrialHeader("trial", [], 1, 1, ""), "", new TrialResult
        {
            TrialId = "trial",
            State = TrialState.Ok,
            Reasons = [],
            Started = SweepSamples.Start,
            Took = TimeSpan.Zero,
            Steps = [],
            BootId = "",
            Attestation = AttestationReport.Empty,
            Measurement = new TrialMeasurement(evaluation, new TrafficOptions(1e4, 100, TimeSpan.FromSeconds(30), 1), new TrafficOutcome("", "", 0, 0, 0, 0, 0, [])),
        }, []),
        0);
}
