using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Topology;
using Xunit;

namespace Campaign.Tests.Testbeds;

/// <summary>Real processes and real packets over loopback. Nothing here depends on how fast they are.</summary>
[Collection("real processes")]
public sealed class LocalTestbedSpecs : IDisposable
{
    private static readonly TrafficOptions Gentle = new(Rate: 200, Size: 64, TimeSpan.FromSeconds(1), Flows: 1);

    private readonly Scene _scene = new("local");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => _scene.Dispose();

    [Fact]
    public async Task Every_packet_is_captured_before_and_behind_the_forwarder()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.ForwardAsync("dut", new ForwardOptions(null, Isolation: false, RealtimeWish.No), Scene.Blueprint, Token);
        var outcome = await session.TrafficAsync(Gentle, Scene.Blueprint, Token);

        Assert.Equal((200, 200, 0), (outcome.Intended, outcome.Sent, outcome.TapDrops));
        Assert.DoesNotContain(outcome.Remarks, r => !r.StartsWith("The load generator fell behind", StringComparison.Ordinal));
        Assert.StartsWith(_scene.Folder["0123456789"], outcome.Pre, StringComparison.Ordinal);

        var evaluation = CapturePair.Evaluate(outcome.Pre, outcome.Post, new EvaluationOptions(), Token);
        Assert.Equal("moonsniff", evaluation.Identity);
        Assert.Equal((200, 0, 0), (evaluation.Matched, evaluation.Lost, evaluation.UnmatchedPost));
        Assert.Equal((0, 0, 60), (evaluation.DuplicatesPost, evaluation.Reordered, evaluation.Pre.FrameBytes));
        Assert.Empty(evaluation.Problems);
        Assert.Contains("nanoseconds", evaluation.Pre.Format, StringComparison.Ordinal);

        var asHvnetSeesIt = CapturePair.Evaluate(outcome.Pre, outcome.Post, new EvaluationOptions { Identity = PacketIdentity.Hvnet }, Token);
        Assert.Equal(200, asHvnetSeesIt.Matched);
    }

    [Fact]
    public async Task A_generator_that_cannot_keep_up_says_so()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.ForwardAsync("dut", new ForwardOptions(null, Isolation: false, RealtimeWish.No), Scene.Blueprint, Token);

        // A packet each ten nanoseconds: no kernel takes them so fast.
        var outcome = await session.TrafficAsync(Gentle with { Rate = 1e8, Duration = TimeSpan.FromMilliseconds(2) }, Scene.Blueprint, Token);

        Assert.InRange(outcome.Late, outcome.Intended / 2, outcome.Intended);
        Assert.Contains(outcome.Remarks, r => r.Contains("fell behind", StringComparison.Ordinal) && r.Contains("Lower the rate", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Large_frames_and_several_flows_arrive_whole()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.ForwardAsync("machine", new ForwardOptions("wait", Isolation: false, RealtimeWish.No), Scene.Blueprint, Token);
        var first = await session.TrafficAsync(Gentle with { Size = 1518, Flows = 3, Duration = TimeSpan.FromSeconds(0.5) }, Scene.Blueprint, Token);
        var second = await session.TrafficAsync(Gentle with { Size = 67, Duration = TimeSpan.FromSeconds(0.5) }, Scene.Blueprint, Token);

        Assert.NotEqual(first.Pre, second.Pre);
        var evaluation = CapturePair.Evaluate(first.Pre, first.Post, new EvaluationOptions(), Token);
        Assert.Equal((100, 0, 1514), (evaluation.Matched, evaluation.UnmatchedPost, evaluation.Post.FrameBytes));
        Assert.Equal(100, CapturePair.Evaluate(second.Pre, second.Post, new EvaluationOptions(), Token).Matched);
    }

    [Fact]
    public async Task Isolation_and_disturbance_are_read_back_from_the_kernel_and_attested()
    {
        Assert.SkipWhen(Scene.Cpus.Length < 2, "Isolation needs two CPUs.");
        var forward = new ForwardOptions(null, Isolation: true, RealtimeWish.Try);
        var disturb = new DisturbOptions(Neighbours: 2, Recorder: DisturbOptions.Host);
        await using var testbed = _scene.Open();
        var boot = await testbed.BootAsync(Scene.AsIs, BootNeed.State, Token);
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.DisturbAsync("dut", disturb, Scene.Blueprint, Token);
        await session.ForwardAsync("dut", forward, Scene.Blueprint, Token);
        var facts = await session.ObserveAsync(Scene.Blueprint, Token);

        var claims = Attestor.Hold(Expectations.Of(Scene.AsIs, boot, forward, disturb, Scene.Blueprint, ownsTheDut: false, measured: false), facts, "before");
        Assert.All(claims, c => Assert.True(c.Holds, c.ToString()));
        var neighbours = CpuList.Parse(facts.Single(f => f.Name == NodeFacts.NeighbourCpus).Value);
        Assert.Equal(Scene.Cpus.Except(Scene.Blueprint.PacketCpus), neighbours);

        await session.TrafficAsync(Gentle, Scene.Blueprint, Token);
        Assert.Contains(await session.ObserveAsync(Scene.Blueprint, Token), f => f.Name == NodeFacts.ForeignLoad);
        Assert.StartsWith("time_ns,interrupt,description,cpu,count", File.ReadAllText(_scene.Folder["0123456789/interrupts.csv"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_is_not_what_was_asked_for_is_not_attested()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.ForwardAsync("dut", new ForwardOptions(null, Isolation: false, RealtimeWish.No), Scene.Blueprint, Token);
        var asked = Expectations.Of(
            Scene.AsIs, new BootOutcome("another boot", Booted: false, TimeSpan.Zero, []), new ForwardOptions(null, Isolation: false, RealtimeWish.Yes),
            new DisturbOptions(1, Recorder: DisturbOptions.Host), Scene.Blueprint, ownsTheDut: false, measured: false);

        var broken = Attestor.Hold(asked, await session.ObserveAsync(Scene.Blueprint, Token), "before").Where(c => !c.Holds).Select(c => c.Subject);

        Assert.Equal([NodeFacts.BootId, NodeFacts.ForwarderScheduler, NodeFacts.Neighbours, NodeFacts.Recorder], broken);
    }

    [Fact]
    public async Task A_cancelled_trial_leaves_no_process_and_the_runner_where_it_was()
    {
        var before = Scene.Cpus;
        await using var testbed = _scene.Open();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Token);
        var session = await testbed.BeginAsync(_scene.Trial(), Token);
        await session.DisturbAsync("dut", new DisturbOptions(1, Recorder: DisturbOptions.Host), Scene.Blueprint, Token);
        await session.ForwardAsync("dut", new ForwardOptions(null, Isolation: true, RealtimeWish.No), Scene.Blueprint, Token);
        Assert.Equal(5, WireProcesses().Length);

        var traffic = session.TrafficAsync(Gentle with { Duration = TimeSpan.FromHours(1) }, Scene.Blueprint, stop.Token);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => traffic);
        await session.DisposeAsync();

        Assert.Empty(WireProcesses());
        Assert.Empty(Directory.EnumerateFiles(_scene.Folder.Path, "*.pcap", SearchOption.AllDirectories));
        Assert.Equal(before, Scene.Cpus);
    }

    [Fact]
    public async Task Traffic_without_a_forwarder_is_refused()
    {
        await using var testbed = _scene.Open();
        await using var session = await testbed.BeginAsync(_scene.Trial(), Token);
        var refusal = await Assert.ThrowsAsync<TestbedException>(() => session.TrafficAsync(Gentle, Scene.Blueprint, Token));
        Assert.Contains("tb.dut:forward", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_sweeps_do_not_measure_at_the_same_time()
    {
        await using (_scene.Open())
        {
            var busy = Assert.Throws<CampaignException>(() => _scene.Open());
            Assert.Equal(ExitCode.Busy, busy.Code);
            Assert.Contains($"process {Environment.ProcessId} ", busy.Message, StringComparison.Ordinal);
        }

        await using var again = _scene.Open();
    }

    [Fact]
    public async Task Another_kernel_cannot_be_booted_here()
    {
        await using var testbed = _scene.Open();
        var state = new BootState("x", ImmutableSortedDictionary<string, BootRequest>.Empty.Add("dut", new BootRequest(null, "rt", null)));
        await Assert.ThrowsAsync<TestbedException>(() => testbed.BootAsync(state, BootNeed.State, Token));
        Assert.False((await testbed.BootAsync(Scene.AsIs, BootNeed.State, Token)).Booted);
    }

    [Fact]
    public async Task The_machine_is_described()
    {
        await using var testbed = _scene.Open();
        var names = (await testbed.PrepareAsync([], Token)).Select(f => f.Name);
        string[] essential = ["dut.cpu.model", "dut.cpu.count", "dut.memory", NodeFacts.KernelRelease, "dut.kernel.preemption", "dut.os", "dut.realtime.allowed"];
        Assert.Empty(essential.Except(names));
    }

    [Theory]
    [InlineData("generator")]
    [InlineData("timestamper")]
    [InlineData("forwarder")]
    [InlineData("neighbour")]
    [InlineData("recorder")]
    public async Task A_wire_process_ends_when_the_process_at_the_other_end_of_its_pipe_is_killed(string role)
    {
        var pipe = _scene.Folder["pipe"];
        using var wire = Process.Start(new ProcessStartInfo(
            "/bin/sh", ["-c", $"mkfifo {pipe}; sleep 1000 > {pipe} & echo $!; exec {Path.Combine(AppContext.BaseDirectory, "campaign")} wire {role} < {pipe}"])
        { RedirectStandardOutput = true })!;
        var runner = int.Parse((await wire.StandardOutput.ReadLineAsync(Token))!, CultureInfo.InvariantCulture);
        Assert.StartsWith("ready", await wire.StandardOutput.ReadLineAsync(Token), StringComparison.Ordinal);

        using (var killed = Process.GetProcessById(runner))
            killed.Kill();

        await wire.WaitForExitAsync(Token);
        Assert.Equal(0, wire.ExitCode);
    }

    /// <summary>Wire processes that this process has started.</summary>
    private static string[] WireProcesses() =>
    [
        .. Directory.GetDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]))
            .Where(d => Read(d, "status").Contains($"PPid:\t{Environment.ProcessId}\n", StringComparison.Ordinal))
            .Where(d => Read(d, "cmdline").Contains("\0wire\0", StringComparison.Ordinal)),
    ];

    private static string Read(string process, string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, file));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
