using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Testbeds.Observation;
using Campaign.Testbeds.Ssh;
using Campaign.Testbeds.Wire;
using Campaign.Topology;

namespace Campaign.Testbeds.Virtual;

/// <summary>One trial on the emulated machine.</summary>
internal sealed class VirtualSession : ITrialSession
{
    private static readonly TimeSpan ResetLimit = TimeSpan.FromSeconds(30);
    private static readonly string ResetScript = EmbeddedScript.Read("Campaign.Testbeds.Virtual.reset.sh");

    private readonly HostNames _hosts;
    private readonly OpenOptions _options;
    private readonly Machine _machine;
    private readonly Instruments _instruments;
    private readonly GuestFiles _files;
    private readonly Dictionary<long, SshCommandRun> _spawned = [];
    private readonly Disturbances _disturbances;
    private readonly bool _reset;
    private readonly Action _onUnfit;
    private ObservedPorts? _portsBefore;
    private ImmutableArray<Fact> _load = [];
    private long _handles;
    private ForwardOptions? _forward;

    /// <param name="onUnfit">Told when the machine could not be brought back to how it was booted.</param>
    public VirtualSession(TestbedDefinition definition, OpenOptions options, TrialContext trial, Machine machine, Action onUnfit)
    {
        _hosts = new HostNames(definition);
        _options = options;
        _machine = machine;
        _instruments = new Instruments(options.Program, trial.Folder, new Cables(machine.Wire.Splitter, machine.Wire.Behind));
        _files = new GuestFiles(machine.Ssh);
        _disturbances = new Disturbances(machine.Ssh, trial.Folder);
        _reset = trial.Freshness == TrialFreshness.None;
        _onUnfit = onUnfit;
        _forward = trial.Running;
    }

    public Task<CommandOutcome> RunAsync(string host, string command, CancellationToken cancellationToken) => Dut(host).RunAsync(command, cancellationToken);

    public Task<long> SpawnAsync(string host, string command, CancellationToken cancellationToken)
    {
        _spawned.Add(++_handles, Dut(host).Start(command));
        return Task.FromResult(_handles);
    }

    public async Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken)
    {
        if (!_spawned.Remove(handle, out var running))
            throw new TestbedException(string.Create(CultureInfo.InvariantCulture, $"There is no process {handle} to stop in this trial; it may have been stopped before."));

        await using (running)
        {
            running.AskToEnd();
            return await running.EndAsync(cancellationToken);
        }
    }

    public Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken)
    {
        Dut(host);
        return _files.WriteAsync(path, content, cancellationToken);
    }

    public Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken)
    {
        Dut(host);
        return _files.ReadAsync(path, cancellationToken);
    }

    public async Task<ImmutableArray<Fact>> FactsAsync(string host, Blueprint blueprint, CancellationToken cancellationToken)
    {
        Dut(host);
        return [.. (await ReadStateAsync(blueprint, cancellationToken)).Facts()];
    }

    public async Task ForwardAsync(string host, ForwardOptions options, Blueprint blueprint, CancellationToken cancellationToken)
    {
        if (_forward is not null)
            throw new TestbedException($"The forwarder of '{blueprint.Node}' runs already. Call tb.dut:forward once in a trial.");

        if (options.Scripts.IsEmpty)
            throw new TestbedException(
                "On a machine, tb.dut:forward runs the scripts that set node and forwarder up, and was given none: scripts = { \"/run/campaign/…\" }; campaigns/lib/node.lua has them.");

        foreach (var script in options.Scripts)
            await Dut(host).ExpectAsync($"sh {ShellWord.Quote(script)}", $"run {script}", cancellationToken);

        _forward = options;
    }

    public Task DisturbAsync(string host, DisturbOptions options, Blueprint blueprint, CancellationToken cancellationToken)
    {
        Dut(host);
        return _disturbances.StartAsync(options, blueprint, cancellationToken);
    }

    public async Task<ImmutableArray<Fact>> ObserveAsync(Blueprint blueprint, CancellationToken cancellationToken)
    {
        var state = await ReadStateAsync(blueprint, cancellationToken);
        var facts = new List<Fact>(state.Facts())
        {
            new(MachineFactNames.Cable("a"), await _machine.CableAsync("a", cancellationToken)),
            new(MachineFactNames.Cable("b"), await _machine.CableAsync("b", cancellationToken)),
        };
        if (state.Ports is { } ports)
        {
            facts.AddRange(Counters(_portsBefore is null ? ports.Since(ports) : ports.Since(_portsBefore)));
            _portsBefore ??= ports;
        }

        return [.. facts, .. _disturbances.Facts, .. _load];
    }

    public async Task<TrafficOutcome> TrafficAsync(TrafficOptions traffic, Blueprint blueprint, CancellationToken cancellationToken)
    {
        if (_forward is null)
            throw new TestbedException("Traffic is to be sent, but no forwarder runs on the node. Call tb.dut:forward { … } in setup.");

        int[] own = [Environment.ProcessId, _machine.ProcessId, .. _instruments.Processes];
        var before = Underneath.Read(_machine, own, _options.Time);
        var outcome = await _instruments.MeasureAsync(traffic, cancellationToken);
        var noise = Underneath.Read(_machine, own, _options.Time).Since(before, blueprint);
        _load = [.. noise.Facts()];
        await _disturbances.CollectAsync(cancellationToken);
        return outcome with { Remarks = [.. outcome.Remarks, .. noise.Remarks()] };
    }

    public async ValueTask DisposeAsync()
    {
        await _instruments.DisposeAsync();
        foreach (var running in _spawned.Values)
            await running.DisposeAsync();

        if (_reset)
            await ResetAsync();
    }

    private async Task ResetAsync()
    {
        try
        {
            using var patience = new CancellationTokenSource(ResetLimit, _options.Time);
            var files = string.Join(' ', _files.Written.Select(ShellWord.Quote));
            if ((await _machine.Ssh.RunAsync($"sh -s {files}", Encoding.UTF8.GetBytes(ResetScript), patience.Token)).Exit == 0)
                return;
        }
        catch (Exception e) when (e is TestbedException or OperationCanceledException)
        {
            // What the machine is like now nobody knows.
        }

        _onUnfit();
    }

    private SshHost Dut(string host) => _hosts.Resolve(host) == _hosts.Resolve("dut")
        ? _machine.Ssh
        : throw new TestbedException($"'{host}' is part of this program on a virtual testbed, not a machine that runs commands. The device under test is 'dut'.");

    private async Task<ObservedMachine> ReadStateAsync(Blueprint blueprint, CancellationToken cancellationToken)
    {
        var container = _forward is { Node: null or ForwardOptions.Container } ? blueprint.Node : "";
        var outcome = await _machine.Ssh.RunAsync($"sh -s {container}", Encoding.UTF8.GetBytes(ObservedMachine.Script), cancellationToken);
        return new ObservedMachine(Sections.Parse(outcome.StandardOutput), blueprint);
    }

    private static IEnumerable<Fact> Counters(ObservedPorts ports)
    {
        yield return new Fact(MachineFactNames.ForwarderReceived, Text(ports.Received.Sum()));
        yield return new Fact(MachineFactNames.ForwarderSent, Text(ports.Sent.Sum()));
        yield return new Fact(MachineFactNames.ForwarderMissed, Text(ports.Missed.Sum()));
        yield return new Fact(MachineFactNames.Path, ports.Received switch
        {
            [> 0, 0] => "a>b",
            [0, > 0] => "b>a",
            [0, 0] => "none",
            _ => "both ways",
        });
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
