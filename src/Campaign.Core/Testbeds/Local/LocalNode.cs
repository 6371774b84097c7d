using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Testbeds.Wire;
using Campaign.Topology;

namespace Campaign.Testbeds.Local;

/// <summary>The node under test: a forwarder, and what disturbs it.</summary>
/// <remarks>
/// Isolation is what an ordinary user can have of it: the thread that moves packets may run on the packet CPUs only, and everything of this trial that is not that
/// thread (generator, timestamper, neighbours, recorder, this program) may not. Processes of others and the kernel's own work stay where they are.
/// The forwarder waits for packets in the kernel. <c>kind = "poll"</c> has it ask without end, as DPDK does: faster on a CPU that it has to itself, and much slower on
/// one that it has to share, because the scheduler takes the CPU from whoever never sleeps. It is refused where CPUs are shared, and at real-time priority, where the
/// kernel throttles such a thread for 50 ms in every second.
/// </remarks>
internal sealed class LocalNode(string program, string folder) : IAsyncDisposable
{
    private const int RealtimePriority = 50;

    private readonly ImmutableArray<int> _allCpus = CpuList.Parse(ProcessState.Read(Environment.ProcessId)!.Cpus);

    private readonly WireChild _forwarder = WireChild.Start(program, "forwarder");
    private readonly List<WireChild> _neighbours = [];
    private WireChild? _recorder;
    private Blueprint? _isolated;

    /// <summary>Whether the forwarder has been started.</summary>
    public bool Forwards { get; private set; }

    public IEnumerable<int> Processes => Children.Select(c => c.Id);

    private IEnumerable<WireChild> Children => [_forwarder, .. _neighbours, .. _recorder is { } recorder ? [recorder] : Array.Empty<WireChild>()];

    /// <summary>CPUs for everything but the packets: all, when there is no isolation or no other CPU.</summary>
    private ImmutableArray<int> OtherCpus =>
        _isolated is { } isolated && _allCpus.RemoveRange(isolated.PacketCpus) is { Length: > 0 } others ? others : _allCpus;

    /// <summary>CPUs for generator and timestamper: the same with and without isolation, so that only the node differs.</summary>
    public ImmutableArray<int> LoadCpus(Blueprint blueprint) => blueprint.LoadCpus is { IsEmpty: false } load ? load : OtherCpus;

    public async Task ForwardAsync(ForwardOptions options, Blueprint blueprint, (long Splitter, long Behind) taps, CancellationToken cancellationToken)
    {
        var poll = Polls(options, blueprint);
        if (Forwards)
            throw new TestbedException($"The forwarder of '{blueprint.Node}' runs already. Call tb.dut:forward once in a trial.");

        await _forwarder.AskAsync(
            new WireMessage("forward", ("in", taps.Splitter), ("out", taps.Behind), ("poll", poll ? 1 : 0)), "forwarding", cancellationToken);
        Forwards = true;
        _isolated = options.Isolation ? blueprint : null;
        if (options.Isolation)
        {
            Scheduling.Place(Environment.ProcessId, OtherCpus);
            Scheduling.Place(_forwarder.Id, OtherCpus);
            Scheduling.PlaceThread(_forwarder.Id, blueprint.PacketCpus);
            PlaceDisturbers();
        }

        if (options.Realtime != RealtimeWish.No)
            Scheduling.TryRealtime(_forwarder.Id, RealtimePriority);
    }

    public async Task DisturbAsync(DisturbOptions options, CancellationToken cancellationToken)
    {
        if (_neighbours.Count > 0 || _recorder is not null)
            throw new TestbedException("The node is disturbed already. Call tb.dut:disturb once in a trial.");

        _neighbours.AddRange(Enumerable.Range(0, options.Neighbours).Select(_ => WireChild.Start(program, "neighbour")));
        _recorder = options.Recorder is not null ? WireChild.Start(program, "recorder") : null;
        await Task.WhenAll(_neighbours.Select(n => n.Ready).Concat(_recorder is null ? [] : [_recorder.Ready])).WaitAsync(cancellationToken);
        PlaceDisturbers();
        if (_recorder is { } recorder)
            await recorder.AskAsync(
                new WireMessage("record", ("file", Path.Combine(folder, "interrupts.csv")), ("interval", (long)options.RecorderInterval.TotalNanoseconds)), "recording", cancellationToken);

        await Task.WhenAll(_neighbours.Select(n => n.AskAsync(new WireMessage("run"), "running", cancellationToken)));
    }

    /// <summary>Reads from the kernel what is running where.</summary>
    public async Task<ImmutableArray<Fact>> ObserveAsync(CancellationToken cancellationToken)
    {
        var forwarder = Forwards ? ProcessState.Read(_forwarder.Id) : null;
        ImmutableArray<ProcessState> neighbours = [.. _neighbours.Select(n => ProcessState.Read(n.Id)).OfType<ProcessState>()];
        var recorder = _recorder is { } child && ProcessState.Read(child.Id) is not null;
        return
        [
            new Fact(NodeFacts.BootId, MachineFacts.BootId),
            new Fact(NodeFacts.KernelRelease, MachineFacts.KernelRelease),
            new Fact(NodeFacts.ForwarderRunning, Text(forwarder is not null)),
            .. forwarder is null ? [] : await ForwarderAsync(forwarder, cancellationToken),
            new Fact(NodeFacts.Neighbours, neighbours.Length.ToString(CultureInfo.InvariantCulture)),
            new Fact(NodeFacts.NeighbourCpus, CpuList.Format([.. neighbours.SelectMany(n => CpuList.Parse(n.Cpus))])),
            new Fact(NodeFacts.Recorder, recorder ? DisturbOptions.Host : "none"),
        ];
    }

    public async ValueTask DisposeAsync()
    {
        WireChild[] children = [.. Children];
        foreach (var child in children)
            child.Release();

        foreach (var child in children)
            await child.DisposeAsync();

        if (_isolated is not null)
            Scheduling.Place(Environment.ProcessId, _allCpus);
    }

    private async Task<ImmutableArray<Fact>> ForwarderAsync(ProcessState state, CancellationToken cancellationToken)
    {
        var counts = await _forwarder.AskAsync(new WireMessage("report"), "counts", cancellationToken);
        var pinned = !_allCpus.All(CpuList.Parse(state.Cpus).Contains);
        return
        [
            new Fact(NodeFacts.ForwarderCpus, state.Cpus),
            new Fact(NodeFacts.ForwarderPinned, Text(pinned)),
            new Fact(NodeFacts.ForwarderScheduler, state.Scheduler),
            new Fact("dut.forwarder.received", counts["received"]),
            new Fact("dut.forwarder.sent", counts["sent"]),
            new Fact("dut.forwarder.dropped", counts["drops"]),
        ];
    }

    private void PlaceDisturbers()
    {
        foreach (var child in Children.Where(c => c != _forwarder))
            Scheduling.Place(child.Id, OtherCpus);
    }

    private static bool Polls(ForwardOptions options, Blueprint blueprint) => options switch
    {
        { Kind: null or "wait" } => false,
        { Kind: "poll", Isolation: true, Realtime: RealtimeWish.No } when !blueprint.Shared => true,
        { Kind: "poll" } => throw new TestbedException(
            "The forwarder 'poll' never gives its CPU back. It needs isolation = true, realtime = false, and a machine with packet CPUs of their own; take kind = \"wait\"."),
        _ => throw new TestbedException($"The driver 'local' has no forwarder '{options.Kind}'. It has 'wait' and 'poll'."),
    };

    private static string Text(bool value) => value ? "true" : "false";
}
