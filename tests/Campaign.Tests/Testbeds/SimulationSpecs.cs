using System.Collections.Immutable;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Testbeds.Dry;
using Xunit;

namespace Campaign.Tests.Testbeds;

public sealed class SimulationSpecs
{
    private static readonly TrafficOptions Traffic = new(Rate: 100_000, Size: 64, TimeSpan.FromSeconds(30), Flows: 1);
    private static readonly (string, Value) Simulate = ("simulate", Value.Of(true));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_captures_byte_for_byte()
    {
        var (first, second, other) = (await Capture("a"), await Capture("a"), await Capture("b"));
        Assert.Equal(first.Post, second.Post);
        Assert.NotEqual(first.Post, other.Post);
    }

    [Fact]
    public async Task Packets_are_capped_and_the_rate_is_kept()
    {
        using var scene = new Scene("dry", Simulate, ("packets", Value.Of(5000)));
        var evaluation = await Evaluate(scene, scene.Trial());
        Assert.Equal(5000, evaluation.Pre.Packets);
        Assert.Equal(100_000, evaluation.Pre.PacketsPerSecond, tolerance: 0.5);
        Assert.Equal(5000, evaluation.Matched + evaluation.Lost);
        Assert.Empty(evaluation.Problems);
    }

    [Fact]
    public async Task Isolation_shortens_the_tail_and_drift_lengthens_the_body()
    {
        using var scene = new Scene("dry", Simulate, ("drift", Value.Of(1.0)), ("packets", Value.Of(200_000)));
        var calm = await Evaluate(scene, scene.Trial("calm", 0, ("isolation", Value.Of(true))));
        var wild = await Evaluate(scene, scene.Trial("wild", 0, ("isolation", Value.Of(false)), ("neighbours", Value.Of(2))));
        var late = await Evaluate(scene, scene.Trial("late", 200, ("isolation", Value.Of(true))));

        Assert.True(wild.Worst[0].Latency > 2 * calm.Worst[0].Latency);
        Assert.True(late.Worst[^1].Latency > 2 * calm.Worst[^1].Latency);
    }

    [Fact]
    public void Latencies_of_a_stall_fall_linearly_like_a_saw_tooth()
    {
        var model = new LatencyModel(Median: 1000, Sigma: 1e-9, StallsPerSecond: 100, StallMedian: 1e6, StallSigma: 1e-9, RecordingsPerSecond: 0, Service: 1, Queue: 4096);
        long[] latencies = [.. new SimulatedTraffic(model, new Randomness(1, "saw")).Play(100_000, 1e6, 0).Select(p => p.Arrival!.Value - p.Departure)];

        var peak = Array.FindIndex(latencies, l => l > 900_000);
        Assert.True(peak >= 0);
        Assert.All(Enumerable.Range(peak, 800), i => Assert.InRange(latencies[i] - latencies[i + 1], 990, 1001));
    }

    [Fact]
    public async Task What_is_observed_is_what_was_asked_for()
    {
        using var scene = new Scene("dry", Simulate);
        await using var testbed = scene.Open();
        var state = new BootState("rt", ImmutableSortedDictionary<string, BootRequest>.Empty.Add("dut", new BootRequest("trixie", "rt", "nohz_full=1 quiet")));
        var boot = await testbed.BootAsync(state, BootNeed.State, Token);
        Assert.False((await testbed.BootAsync(state, BootNeed.State, Token)).Booted);
        await using var session = await testbed.BeginAsync(scene.Trial() with { BootId = boot.BootId }, Token);
        var (forward, disturb) = (new ForwardOptions(null, Isolation: true, RealtimeWish.Yes), new DisturbOptions(2, Recorder: DisturbOptions.Host));
        await session.ForwardAsync("dut", forward, Scene.Blueprint, Token);
        await session.DisturbAsync("dut", disturb, Scene.Blueprint, Token);

        var claims = Attestor.Hold(Expectations.Of(state, boot, forward, disturb, Scene.Blueprint, ownsTheDut: false, measured: false), await session.ObserveAsync(Scene.Blueprint, Token), "before");
        Assert.Equal(10, claims.Length);
        Assert.All(claims, c => Assert.True(c.Holds, c.ToString()));
    }

    [Fact]
    public async Task Faults_hit_boots_commands_and_captures_and_pass_when_tried_again()
    {
        using var scene = new Scene("dry", Simulate, ("faults", Value.Of(0.5)), ("packets", Value.Of(100)));
        await using var testbed = scene.Open();
        var (boots, forwarders, captures) = (0, 0, 0);
        for (var i = 0; i < 40; i++)
        {
            boots += await Fails<TestbedException>(() => testbed.BootAsync(Scene.AsIs with { Id = $"b{i}" }, BootNeed.State, Token));
            var trial = scene.Trial($"t{i}", i);
            await using var session = await testbed.BeginAsync(trial, Token);
            forwarders += await Fails<TestbedException>(() =>
                session.ForwardAsync("dut", new ForwardOptions(null, Isolation: false, RealtimeWish.No), Scene.Blueprint, Token));
            var outcome = await session.TrafficAsync(Traffic, Scene.Blueprint, Token);
            captures += new FileInfo(outcome.Post).Length % 4 == 0 ? 0 : 1;
        }

        Assert.InRange(boots, 8, 32);
        Assert.InRange(forwarders, 3, 20);
        Assert.InRange(captures, 3, 20);
    }

    private static async Task<(byte[] Pre, byte[] Post)> Capture(string trial)
    {
        using var scene = new Scene("dry", Simulate);
        await using var testbed = scene.Open();
        await using var session = await testbed.BeginAsync(scene.Trial(trial, 3, ("kernel", Value.Of("rt"))), Token);
        var outcome = await session.TrafficAsync(Traffic, Scene.Blueprint, Token);
        return (await File.ReadAllBytesAsync(outcome.Pre, Token), await File.ReadAllBytesAsync(outcome.Post, Token));
    }

    private static async Task<LatencyEvaluation> Evaluate(Scene scene, TrialContext trial)
    {
        await using var testbed = scene.Open();
        await using var session = await testbed.BeginAsync(trial, Token);
        var outcome = await session.TrafficAsync(Traffic, Scene.Blueprint, Token);
        return CapturePair.Evaluate(outcome.Pre, outcome.Post, new EvaluationOptions { Worst = 100_000 }, Token);
    }

    private static async Task<int> Fails<T>(Func<Task> act)
        where T : Exception
    {
        try
        {
            await act();
            return 0;
        }
        catch (T)
        {
            return 1;
        }
    }
}
