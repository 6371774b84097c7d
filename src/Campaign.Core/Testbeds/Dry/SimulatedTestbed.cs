using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Planning;

namespace Campaign.Testbeds.Dry;

/// <summary>Plays a sweep from a seed: boots that take no time, nodes that are what they were asked to be, latencies by <see cref="LatencyModel"/>, and faults.</summary>
internal sealed class SimulatedTestbed(TestbedDefinition definition, SimulationOptions options) : ITestbed
{
    private static readonly TimeSpan BootTime = TimeSpan.FromSeconds(90);

    private readonly Dictionary<string, int> _attempts = [];
    private BootState? _state;
    private int _boots;

    public bool Simulated => true;

    public bool Measures => true;

    public bool OwnsTheDut => false;

    public ISnapshots? Snapshots => null;

    public Task<ImmutableArray<Fact>> PrepareAsync(IReadOnlyCollection<BootState> states, CancellationToken cancellationToken) => Task.FromResult<ImmutableArray<Fact>>(
    [
        new Fact("dut.cpu.model", "simulated"),
        new Fact("simulation.packets", options.Packets.ToString(CultureInfo.InvariantCulture)),
        new Fact("simulation.faults", options.Faults.ToString(CultureInfo.InvariantCulture)),
        new Fact("simulation.drift", options.Drift.ToString(CultureInfo.InvariantCulture)),
        new Fact("simulation.seed", options.Seed.ToString(CultureInfo.InvariantCulture)),
    ]);

    public Task<BootOutcome> BootAsync(BootState state, BootNeed need, CancellationToken cancellationToken)
    {
        if (need == BootNeed.State && _state is { } now && now.Id == state.Id)
            return Task.FromResult(new BootOutcome(BootId(state), Booted: false, TimeSpan.Zero, Promises(state)));

        _boots++;
        if (FaultAt($"boot/{state.Id}"))
        {
            _state = null;
            throw new TestbedException(string.Create(CultureInfo.InvariantCulture, $"The simulated boot {_boots} (boot state {state.Id}) hung and was given up. ")
                + "The option faults of the testbed file asks for such faults.");
        }

        _state = state;
        var needed = !state.Hosts.IsEmpty;
        return Task.FromResult(new BootOutcome(BootId(state), needed, needed ? BootTime : TimeSpan.Zero, Promises(state)));
    }

    public Task<ITrialSession> BeginAsync(TrialContext trial, CancellationToken cancellationToken)
    {
        var fault = FaultAt($"trial/{trial.TrialId}")
            ? new Randomness(options.Seed, $"kind/{trial.TrialId}").Uniform() <= 0.5 ? SimulatedFault.FailedCommand : SimulatedFault.TruncatedCapture
            : SimulatedFault.None;
        return Task.FromResult<ITrialSession>(new SimulatedSession(definition, options, trial, _state, fault));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static ImmutableArray<Fact> Promises(BootState state) => [.. state.Hosts.SelectMany(h => NodeFacts.OfBoot(h.Key, h.Value))];

    private string BootId(BootState state) => string.Create(CultureInfo.InvariantCulture, $"simulated-{state.Id}-{_boots}");

    /// <summary>Whether this attempt goes wrong; another attempt at the same thing may go well.</summary>
    private bool FaultAt(string what)
    {
        var attempt = _attempts[what] = _attempts.GetValueOrDefault(what) + 1;
        return options.Faults > 0
            && new Randomness(options.Seed, string.Create(CultureInfo.InvariantCulture, $"fault/{what}/{attempt}")).Uniform() <= options.Faults;
    }
}

/// <summary>What goes wrong in a simulated trial.</summary>
internal enum SimulatedFault
{
    None,

    /// <summary>The first command, or the start of the forwarder, fails.</summary>
    FailedCommand,

    /// <summary>The capture behind the node ends within a packet.</summary>
    TruncatedCapture,
}
