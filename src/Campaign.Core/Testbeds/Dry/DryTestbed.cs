using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;

namespace Campaign.Testbeds.Dry;

/// <summary>Says in one line each what would be done, and does none of it.</summary>
internal sealed class DryTestbed(TestbedDefinition definition, Action<string> print) : ITestbed
{
    public bool Simulated => true;

    public bool Measures => false;

    public bool OwnsTheDut => false;

    public ISnapshots? Snapshots => null;

    public Task<ImmutableArray<Fact>> PrepareAsync(IReadOnlyCollection<BootState> states, CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<Fact>>([new Fact("testbed.dry", "true")]);

    public Task<BootOutcome> BootAsync(BootState state, BootNeed need, CancellationToken cancellationToken)
    {
        foreach (var (host, request) in state.Hosts)
            print($"{host}: boot {request.Os ?? "the OS that is there"}, kernel {request.Kernel ?? "as it is"}, command line {request.CommandLine ?? "as it is"}");

        return Task.FromResult(new BootOutcome($"dry-{state.Id}", Booted: false, TimeSpan.Zero, []));
    }

    public Task<ITrialSession> BeginAsync(TrialContext trial, CancellationToken cancellationToken)
    {
        print($"trial {trial.TrialId}: {trial.Cell}");
        return Task.FromResult<ITrialSession>(new DrySession(new HostNames(definition), print));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
