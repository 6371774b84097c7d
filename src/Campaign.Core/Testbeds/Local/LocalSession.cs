using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Testbeds.Wire;
using Campaign.Topology;

namespace Campaign.Testbeds.Local;

/// <summary>One trial on this machine. Its processes start together when it begins, since each takes tens of milliseconds to get ready.</summary>
internal sealed class LocalSession(TestbedDefinition definition, OpenOptions options, TrialContext trial, bool commands) : ITrialSession
{
    private readonly HostNames _hosts = new(definition);
    private readonly HostFolder _files = new(trial.Folder);
    private readonly Instruments _instruments = new(options.Program, trial.Folder, cables: null);
    private readonly LocalNode _node = new(options.Program, trial.Folder);
    private readonly LocalCommands _commands = new(options.Time);
    private ImmutableArray<Fact> _load = [];

    public Task<CommandOutcome> RunAsync(string host, string command, CancellationToken cancellationToken) =>
        _commands.RunAsync(command, Workplace(host), cancellationToken);

    public Task<long> SpawnAsync(string host, string command, CancellationToken cancellationToken) =>
        Task.FromResult(_commands.Spawn(command, Workplace(host)));

    public Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken) => _commands.StopAsync(handle, cancellationToken);

    public Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        _files.WriteAsync(_hosts.Resolve(host), path, content, cancellationToken);

    public Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken) =>
        _files.ReadAsync(_hosts.Resolve(host), path, cancellationToken);

    public Task<ImmutableArray<Fact>> FactsAsync(string host, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        return Task.FromResult(MachineFacts.Read());
    }

    public async Task ForwardAsync(string host, ForwardOptions forward, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        await _node.ForwardAsync(forward, blueprint, await _instruments.TapsAsync(cancellationToken), cancellationToken);
    }

    public Task DisturbAsync(string host, DisturbOptions disturb, Blueprint blueprint, CancellationToken cancellationToken)
    {
        _hosts.Resolve(host);
        return _node.DisturbAsync(disturb, cancellationToken);
    }

    public async Task<ImmutableArray<Fact>> ObserveAsync(Blueprint blueprint, CancellationToken cancellationToken) =>
        [.. await _node.ObserveAsync(cancellationToken), .. _load];

    public async Task<TrafficOutcome> TrafficAsync(TrafficOptions traffic, Blueprint blueprint, CancellationToken cancellationToken)
    {
        if (!_node.Forwards)
            throw new TestbedException("Traffic is to be sent, but no forwarder runs on the node. Call tb.dut:forward { … } in setup.");

        int[] own = [Environment.ProcessId, .. _node.Processes, .. _instruments.Processes];
        _instruments.Place(_node.LoadCpus(blueprint));
        var before = ProcessorTime.Read(own, options.Time);
        var outcome = await _instruments.MeasureAsync(traffic, cancellationToken);
        _load = [.. ProcessorTime.Read(own, options.Time).Since(before, options.Time)];
        return outcome;
    }

    public async ValueTask DisposeAsync()
    {
        await _commands.DisposeAsync();
        await _instruments.DisposeAsync();
        await _node.DisposeAsync();
    }

    private string Workplace(string host) => commands
        ? _files.Root(_hosts.Resolve(host))
        : throw new TestbedException(
            $"The testbed '{definition.Name}' does not run commands on this machine; set commands = true in {definition.File} if you trust this campaign.");
}
