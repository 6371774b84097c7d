using System.Collections.Immutable;
using System.Globalization;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Units;

namespace Campaign.Tests.Reporting;

/// <summary>A made-up sweep that looks like a measured one: log-normal latencies with stalls, drift between repeats, and trials that went wrong. From a seed.</summary>
internal sealed class SampleSweep(int rates = 2, int sizes = 1, int repeats = 3, int seconds = 2, int packetsPerSecond = 5000)
{
    public static readonly ImmutableDictionary<int, TrialState?> AllOk = ImmutableDictionary<int, TrialState?>.Empty;

    private static readonly DateTimeOffset Start = new(2026, 3, 1, 8, 30, 0, TimeSpan.Zero);

    private readonly ImmutableArray<AxisRecord> _axes =
    [
        new("rate", "pkt/s", [.. Enumerable.Range(1, rates).Select(i => Value.Of((double)packetsPerSecond * i / rates))]),
        .. sizes > 1 ? [new AxisRecord("size", "B", [.. Enumerable.Range(0, sizes).Select(i => Value.Of(64L + (8 * i)))])] : ImmutableArray<AxisRecord>.Empty,
        new("isolation", "", [Value.Of(true), Value.Of(false)]),
        new("neighbour", "", [Value.Of(false), Value.Of(true)]),
    ];

    public string Title { get; init; } = "What does a busy neighbour cost a packet forwarder?";

    public string Driver { get; init; } = "local";

    public bool Simulated { get; init; }

    /// <summary>How each trial ended, by its place in the order of axes and repeats; ok when there is nothing.</summary>
    public ImmutableDictionary<int, TrialState?> Ends { get; init; } = ImmutableDictionary<int, TrialState?>.Empty
        .Add(4, TrialState.Degraded).Add(10, TrialState.Invalid).Add(17, TrialState.Failed);

    /// <summary>Written into every text that a person, a host or a packet could have written.</summary>
    public string Poison { get; init; } = "";

    public StoredSweep Build()
    {
        ImmutableArray<TrialHeader> headers = [.. Cells().SelectMany(cell => Enumerable.Range(1, repeats).Select(r => Header(cell, r)))];
        var sweep = Sweep(headers);
        ImmutableArray<StoredTrial> trials =
            [.. headers.Select((h, i) => Ends.GetValueOrDefault(i, TrialState.Ok) is { } state ? Trial(sweep, h, i, state) : null).OfType<StoredTrial>()];
        return new StoredSweep("results/neighbour/" + sweep.Id, sweep, trials);
    }

    private SweepRecord Sweep(ImmutableArray<TrialHeader> headers) => new()
    {
        Id = "5a3c19d2e7",
        Campaign = "neighbour",
        Title = Title + Poison,
        Question = "Does a CPU of its own protect a forwarder from its neighbour, at low and at higher packet rates?" + Poison,
        Testbed = "local",
        TestbedTitle = (Driver == "local" ? "This machine" : "Sample testbed") + Poison,
        Driver = Driver,
        Simulated = Simulated,
        Identity = Digest.Of("neighbour").Hex,
        Seed = 1234,
        Started = Start,
        Parameters = [new("duration", Value.Of(seconds)), new("note", Value.Of("none" + Poison))],
        Axes = _axes,
        Excluded = [new ExclusionRecord("A neighbour at 64 packets and more per flow never occurs in the field." + Poison, 4)],
        Trials = headers,
        Report = new ReportOptions { Baseline = ImmutableSortedDictionary<string, Value>.Empty.Add("neighbour", Value.Of(false)), Compare = ["neighbour", "isolation"], RateTolerance = 0.05 },
        Gates = ["where * : loss <= 1%" + Poison],
        Provenance = new Provenance(
            "0.1.0+4f2a9c1", "9b1de0c7a64f2a9c1d5e8f7b6a5c4d3e2f1a0b9c", true, "campaign run sweeps/quickstart.lua" + Poison, "campaigns/sweeps/quickstart.lua",
            Digest.Of("code").Hex,
            [new Fact("dut.cpu.model", "AMD EPYC 7302P 16-Core Processor"), new Fact("dut.kernel.release", "6.1.0-25-amd64"), new Fact("dut.clocksource", "tsc"), new Fact("dut.kernel.cmdline" + Poison, "BOOT_IMAGE=/vmlinuz root=/dev/vda1 ro quiet mitigations=auto isolcpus=1-3 nohz_full=1-3 rcu_nocbs=1-3" + Poison)]),
    };

    private IEnumerable<ImmutableArray<KeyValuePair<string, Value>>> Cells()
    {
        IEnumerable<ImmutableArray<KeyValuePair<string, Value>>> cells = [[]];
        return _axes.Aggregate(cells, (before, axis) => before.SelectMany(c => axis.Values.Select(v => c.Add(new(axis.Name, v)))));
    }

    private static TrialHeader Header(ImmutableArray<KeyValuePair<string, Value>> cell, int repeat) => new(
        Digest.Of(string.Join(',', cell.Select(c => $"{c.Key}={c.Value.Canonical}")) + repeat.ToString(CultureInfo.InvariantCulture)).Short, cell, repeat, repeat - 1, "asis");

    private StoredTrial Trial(SweepRecord sweep, TrialHeader header, int position, TrialState state)
    {
        var random = new SeededRandom(position + 1);
        var rate = ((Value.Number)header.Cell[0].Value).Content;
        var isolated = header.Cell[^2].Value == Value.Of(true);
        var disturbed = header.Cell[^1].Value == Value.Of(true);
        var measured = state == TrialState.Failed ? null : Measure(random, rate * (state == TrialState.Degraded ? 0.91 : 1), rate, isolated, disturbed);
        var result = new TrialResult
        {
            TrialId = header.Id,
            State = state,
            Reasons = Reasons(state),
            FailedStep = state == TrialState.Failed ? "setup" : "",
            Started = Start.AddSeconds(4 * position),
            Took = TimeSpan.FromSeconds(seconds + 1.4),
            Steps = [new StepTime("setup", TimeSpan.FromSeconds(0.6)), new StepTime("measure", TimeSpan.FromSeconds(seconds + 0.4)), new StepTime("teardown", TimeSpan.FromSeconds(0.2))],
            BootId = "0c1f7a52",
            Measurement = measured,
            Attestation = new AttestationReport(
            [
                new Claim("dut.boot.id", "0c1f7a52", "0c1f7a52", true, "before"),
                new Claim("dut.forwarder.cpus", isolated ? "1-3" : "0-3", state == TrialState.Invalid ? "0-2" + Poison : isolated ? "1-3" : "0-3", state != TrialState.Invalid, "before"),
                new Claim("dut.neighbours", disturbed ? "1" : "0", disturbed ? "1" : "0", true, "after"),
            ]),
            Facts = [new Fact("dut.load", random.NextDouble().ToString("0.00", CultureInfo.InvariantCulture) + Poison)],
            Metrics = [new Metric("temperature" + Poison, 61.5, "°C")],
            Log = state == TrialState.Failed ? [.. Enumerable.Range(0, 14).Select(i => new LogLine(TimeSpan.FromMilliseconds(i * 7), $"forwarder: attempt {i} to bind 127.0.0.1:9000 failed: address in use{Poison}"))] : [],
        };
        return new StoredTrial(sweep.Id, header, Digest.Of(header.Id).Hex, result, []);
    }

    private ImmutableArray<string> Reasons(TrialState state) => state switch
    {
        TrialState.Degraded => ["The offered rate was 9.0 % below the asked one." + Poison],
        TrialState.Invalid => ["dut.forwarder.cpus is 0-2 instead of 0-3." + Poison],
        TrialState.Failed => ["The forwarder did not start: its port 9000 is in use. Stop what listens there, or choose another port." + Poison],
        _ => [],
    };

    private TrialMeasurement Measure(SeededRandom random, double offered, double asked, bool isolated, bool disturbed)
    {
        var interval = 1e9 / offered;
        var packets = (int)(offered * seconds);
        var body = 11_000 * (1 + (0.08 * random.NextDouble())) * (isolated ? 1 : 1.25);
        var (spread, stalls) = (isolated ? 0.13 : 0.22, (isolated ? 2 : 5) * (disturbed ? isolated ? 2 : 8 : 1));
        var delay = new double[packets];
        for (var s = 0; s < stalls * seconds; s++)
        {
            var at = random.Below(packets);
            var length = 60_000 * Math.Exp(random.NextDouble() * (disturbed ? 4 : 2.2));
            for (var i = at; i < packets && (i - at) * interval < length; i++)
            {
                delay[i] = Math.Max(delay[i], length - ((i - at) * interval));
            }
        }

        var lostEvery = disturbed && !isolated ? 1500 : int.MaxValue;
        var all = Enumerable.Range(0, packets).Where(i => i % lostEvery != lostEvery - 1)
            .Select(i => (Sent: (long)(i * interval), Latency: (long)((body * Math.Exp(spread * Normal(random))) + delay[i]))).ToArray();
        return new TrialMeasurement(
            Evaluation(all, packets, interval),
            new TrafficOptions(asked, 64, TimeSpan.FromSeconds(seconds), 4),
            new TrafficOutcome("captures/pre.pcap", "captures/post.pcap", (long)(asked * seconds), packets, 3, 184_000, 0, []));
    }

    private static LatencyEvaluation Evaluation((long Sent, long Latency)[] all, int packets, double interval)
    {
        const long Epoch = 1_772_353_800_000_000_000;
        return new LatencyEvaluation
        {
            Pre = new CaptureSummary("captures/pre.pcap", "pcap, nanoseconds, little-endian, Ethernet", packets, Epoch, Epoch + (long)((packets - 1) * interval), packets * 80L, 60),
            Post = new CaptureSummary("captures/post.pcap", "pcap, nanoseconds, little-endian, Ethernet", all.Length, Epoch + all[0].Latency, Epoch + all[^1].Sent + all[^1].Latency, all.Length * 80L, 60),
            Identity = "moonsniff",
            Matched = all.Length,
            Lost = packets - all.Length,
            LongestLossBurst = packets > all.Length ? 1 : 0,
            UnmatchedPost = 0,
            DuplicatesPre = 0,
            DuplicatesPost = 0,
            Reordered = packets > all.Length ? 2 : 0,
            OutsideWindow = 0,
            Trimmed = 0,
            Latencies = LatencyDistribution.FromSamples([.. all.Select(p => p.Latency)]),
            Worst = [.. all.OrderByDescending(p => p.Latency).ThenBy(p => p.Sent).Take(5000).Select((p, i) => new WorstPacket(p.Latency, Epoch + p.Sent, Epoch + p.Sent + p.Latency, i.ToString("x8", CultureInfo.InvariantCulture)))],
            Seconds = [.. all.GroupBy(p => (int)(p.Sent / 1_000_000_000)).Select(g => Second(g.Key, [.. g.Select(p => p.Latency)], (int)(1e9 / interval)))],
            Problems = [],
        };
    }

    private static SecondSummary Second(int second, long[] latencies, int sent)
    {
        var distribution = LatencyDistribution.FromSamples(latencies);
        return new SecondSummary(
            second, sent, latencies.Length, Math.Max(0, sent - latencies.Length), distribution.Percentile(0.5), distribution.Percentile(0.99), distribution.Percentile(0.999), distribution.Maximum);
    }

    // Box and Muller 1958.
    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
