using System.Collections.Immutable;
using System.Globalization;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Rendering;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Units;

namespace Campaign.Testing;

/// <summary>A made-up sweep with results of every kind. The same arguments give the same content.</summary>
internal static class SweepSamples
{
    public static readonly DateTimeOffset Start = new(2026, 3, 1, 9, 30, 0, TimeSpan.FromHours(1));

    public static SweepRecord Sweep(int trials, string name = "quickstart", string commandLine = "campaign run quickstart", int minute = 0)
    {
        var identity = Digest.Of($"{name} {trials}").Hex;
        return new SweepRecord
        {
            Id = identity[..10],
            Campaign = name,
            Title = "Rate against isolation",
            Question = "Does isolation pay?",
            Testbed = "local",
            TestbedTitle = "This machine",
            Driver = "local",
            Simulated = false,
            Identity = identity,
            Seed = 42,
            Started = Start.AddMinutes(minute),
            Parameters = [new("duration", Value.Of(0.5)), new("flows", Value.Of(4)), new("Flows", Value.Nil.Instance)],
            Axes = [new AxisRecord("kernel", "", [Value.Of("rt"), Value.Of("nohz")]), new AxisRecord("rate", "pkt/s", [Value.Of(1e4), Value.Of(20_000)])],
            Excluded = [new ExclusionRecord("LXC needs cgroup v2", 3)],
            Trials = [.. Enumerable.Range(0, trials).Select(Header)],
            Report = new ReportOptions { Baseline = ReportOptionsBaseline, Compare = ["kernel"], RateTolerance = 0.02 },
            Gates = ["where * : loss <= 0.1%"],
            Provenance = new Provenance("0.1.0", "abc", true, commandLine, "campaigns/sweeps/quickstart.lua", identity, [new Fact("dut.kernel.release", "6.1")]),
        };
    }

    public static RenderedTrial Trial(SweepRecord sweep, int position)
    {
        var header = sweep.Trials[position];
        return new RenderedTrial(
            new PlannedTrial(header.Id, position, position, header.Repeat, header.Block, 0),
            new Cell([.. header.Cell.Select(c => c.Key)], [.. header.Cell.Select(c => c.Value)]),
            new BootState("asis", ImmutableSortedDictionary<string, BootRequest>.Empty),
            [new HostFile("dut", "/etc/forwarder/config", $"trial {position}\n")],
            Digest.Of(header.Id));
    }

    /// <param name="sweep">Its sweep.</param>
    /// <param name="position">Place in the sweep.</param>
    /// <param name="seed">Another seed gives other latencies.</param>
    /// <param name="distinct">Distinct latencies.</param>
    public static TrialResult Result(SweepRecord sweep, int position, int seed = 1, int distinct = 200)
    {
        var state = (TrialState)(position % 4);
        return new TrialResult
        {
            TrialId = sweep.Trials[position].Id,
            State = state,
            Reasons = state == TrialState.Ok ? [] : [$"It is {state}."],
            FailedStep = state == TrialState.Failed ? "setup" : "",
            Started = Start.AddSeconds(position).AddTicks(1),
            Took = TimeSpan.FromTicks(12_345_678_901),
            Steps = [new StepTime("boot", TimeSpan.Zero), new StepTime("measure", TimeSpan.FromTicks(7))],
            BootId = "b00t",
            Measurement = state == TrialState.Failed
                ? null
                : new TrialMeasurement(Evaluation(seed + position, distinct), new TrafficOptions(1e4, 64, TimeSpan.FromSeconds(1), 4), new TrafficOutcome("captures/pre.pcap", "captures/post.pcap", 10, 9, 1, 250, 0, ["A remark."])),
            Attestation = new AttestationReport([new Claim("dut.kernel.release", "6.1", "6.1", true, "before")]),
            Facts = [new Fact("dut.Kernel", "a"), new Fact("dut.kernel", "")],
            Metrics = [new Metric("temperature", double.NaN, "°C"), new Metric("load", -0.0, ""), new Metric("big", 1e300, "")],
            Artefacts = ["logs/extra.txt"],
            Log = [new LogLine(TimeSpan.FromMilliseconds(1), "ready\0or \"not\" \t µ")],
        };
    }

    public static TrialEvent.Finished Finished(SweepRecord sweep, int position, int seed = 1, int distinct = 200) =>
        new(Start.AddSeconds(position), Trial(sweep, position), Result(sweep, position, seed, distinct));

    private static ImmutableSortedDictionary<string, Value> ReportOptionsBaseline =>
        ImmutableSortedDictionary<string, Value>.Empty.Add("kernel", Value.Of("rt")).Add("Kernel", Value.Of(2.0));

    private static TrialHeader Header(int position) => new(
        Digest.Of(position.ToString(CultureInfo.InvariantCulture)).Short,
        [new("kernel", Value.Of(position % 2 == 0 ? "rt" : "nohz")), new("rate", Value.Of((position / 2 * 1e4) + 1e4))],
        (position / 4) + 1,
        position / 4,
        "asis");

    private static LatencyEvaluation Evaluation(int seed, int distinct) => new()
    {
        Pre = new CaptureSummary("captures/pre.pcap", "pcap", 1000, 1, 2, 3, 64),
        Post = new CaptureSummary("captures/post.pcap", "pcap", 999, long.MaxValue - 1, long.MaxValue, 3, 0),
        Identity = "moonsniff",
        Matched = 999,
        Lost = 1,
        LongestLossBurst = 1,
        UnmatchedPost = 0,
        DuplicatesPre = 0,
        DuplicatesPost = 2,
        Reordered = 3,
        OutsideWindow = 4,
        Trimmed = 5,
        Latencies = new LatencyDistribution([.. Enumerable.Range(0, distinct).Select(i => 3000L + (i * 7) + seed)], [.. Enumerable.Range(0, distinct).Select(i => 1L + (i % 3))]),
        Worst = [.. Enumerable.Range(0, 20).Select(i => new WorstPacket(5000 - i, i, 5000, i.ToString("x8", CultureInfo.InvariantCulture)))],
        Seconds = [new SecondSummary(0, 1000, 999, 1, 3000, 4000, 4500, 5000)],
        Problems = [new CaptureProblem(CaptureProblemKind.ZeroTail, "captures/post.pcap", 12, "Zeros.")],
    };
}
