using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Topology;

namespace Campaign.Testbeds.Dry;

/// <summary>One simulated trial. It writes real captures and answers every reading with what was asked for.</summary>
internal sealed class SimulatedSession(
    TestbedDefinition definition, SimulationOptions options, TrialContext trial, BootState? boot, SimulatedFault fault) : ITrialSession
{
    /// <summary>2024-01-01, one simulated minute per trial: the same sweep gives the same captures, byte for byte.</summary>
    private const long Epoch = 1_704_067_200_000_000_000;

    private const long Minute = 60_000_000_000;

    private readonly HostNames _hosts = new(definition);
    private readonly HostFolder _files = new(trial.Folder);
    private SimulatedFault _pending = fault;
    private ForwardOptions? _forward;
    private DisturbOptions _disturb = new(0, Recorder: null);
    private Blueprint? _blueprint;
    private long _handles;
    private int _recordings;

    public Task<CommandOutcome> RunAsync(string host, string command, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        return Task.FromResult(Fails()
            ? new CommandOutcome(1, "", "simulated fault\n", TimeSpan.Zero)
            : new CommandOutcome(0, "", "", TimeSpan.Zero));
    }

    public Task<long> SpawnAsync(string host, string command, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        return Task.FromResult(++_handles);
    }

    public Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken) =>
        Task.FromResult(new CommandOutcome(0, "", "", TimeSpan.Zero));

    public Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _files.WriteAsync(_hosts.Resolve(host), path, content, cancellationToken);

    public Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken) =>
        _files.ReadAsync(_hosts.Resolve(host), path, cancellationToken);

    public Task<ImmutableArray<Fact>> FactsAsync(string host, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        return Task.FromResult<ImmutableArray<Fact>>([new Fact(NodeFacts.BootId, trial.BootId)]);
    }

    public Task ForwardAsync(string host, ForwardOptions forward, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        if (Fails())
            throw new TestbedException($"The simulated forwarder on '{host}' did not start. The option faults of the testbed file asks for such faults.");

        (_forward, _blueprint) = (forward, blueprint);
        return Task.CompletedTask;
    }

    public Task DisturbAsync(string host, DisturbOptions disturb, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        _disturb = disturb;
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<Fact>> ObserveAsync(Blueprint blueprint, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Fact>>(
    [
        new Fact(NodeFacts.BootId, trial.BootId),
        .. boot?.Hosts.SelectMany(h => NodeFacts.OfBoot(h.Key, h.Value).Concat(NodeFacts.OfCommandLine(h.Key, h.Value))) ?? [],
        new Fact(NodeFacts.ForwarderRunning, Text(_forward is not null)),
        .. _forward is { } forward && _blueprint is { } node ? Forwarder(forward, node) : [],
        new Fact(NodeFacts.Neighbours, _disturb.Neighbours.ToString(CultureInfo.InvariantCulture)),
        new Fact(NodeFacts.Recorder, _disturb.Recorder ?? "none"),
    ]);

    public Task<TrafficOutcome> TrafficAsync(TrafficOptions traffic, Blueprint blueprint, CancellationToken cancellationToken)
    {
        var suffix = ++_recordings == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{_recordings}");
        var captures = Directory.CreateDirectory(Path.Combine(trial.Folder, "captures")).FullName;
        var (pre, post) = (Path.Combine(captures, $"pre{suffix}.pcap"), Path.Combine(captures, $"post{suffix}.pcap"));
        var intended = Math.Max(1, (long)Math.Round(traffic.Rate * traffic.Duration.TotalSeconds));
        var count = Math.Min(intended, options.Packets);
        var chance = new Randomness(options.Seed, string.Create(CultureInfo.InvariantCulture, $"traffic/{trial.TrialId}/{_recordings}"));
        new SimulatedTraffic(LatencyModel.Of(trial.Cell).For(trial, options), chance)
            .Record(pre, post, count, traffic, Epoch + (trial.Position * Minute));
        if (_pending == SimulatedFault.TruncatedCapture)
            Truncate(post);

        return Task.FromResult(new TrafficOutcome(pre, post, count, count, 0, 0, 0, []));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>Whether the fault of this trial is due now; it comes once.</summary>
    private bool Fails()
    {
        var due = _pending == SimulatedFault.FailedCommand;
        _pending = due ? SimulatedFault.None : _pending;
        return due;
    }

    private static IEnumerable<Fact> Forwarder(ForwardOptions forward, Blueprint blueprint) =>
    [
        new Fact(NodeFacts.ForwarderCpus, CpuList.Format(forward.Isolation ? blueprint.PacketCpus : [.. blueprint.Housekeeping, .. blueprint.NodeCpus])),
        new Fact(NodeFacts.ForwarderPinned, Text(forward.Isolation)),
        new Fact(NodeFacts.ForwarderScheduler, forward.Realtime == RealtimeWish.No ? "other" : "fifo 50"),
    ];

    private static void Truncate(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Write);
        file.SetLength((file.Length / 2) | 1);
    }

    private static string Text(bool value) => value ? "true" : "false";
}
