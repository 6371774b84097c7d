using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;

namespace Campaign.Testbeds.Local;

/// <summary>
/// This machine as a testbed: load generator, node and timestamper are processes, their cable is the loopback interface. What it measures is how this kernel
/// schedules and forwards, not what a network interface does.
/// </summary>
internal sealed class LocalTestbed : ITestbed
{
    private readonly TestbedDefinition _definition;
    private readonly OpenOptions _options;
    private readonly bool _commands;
    private readonly Reservation _reservation;

    private LocalTestbed(TestbedDefinition definition, OpenOptions options, bool commands, Reservation reservation)
    {
        _definition = definition;
        _options = options;
        _commands = commands;
        _reservation = reservation;
    }

    public bool Simulated => false;

    public bool Measures => true;

    /// <summary>Option of the testbed file: <c>commands</c> (false), whether campaigns may run shell commands on this machine.</summary>
    public static ITestbed Open(TestbedDefinition definition, OpenOptions options)
    {
        var settings = new DriverOptions(definition);
        var commands = settings.Flag("commands", fallback: false);
        settings.Check();
        if (!OperatingSystem.IsLinux())
            throw new CampaignException(
                "The driver 'local' needs Linux: it reads the kernel's receive timestamps.", ExitCode.Testbed, "Run again with --testbed dry to see what would be done.");

        // Named by the driver: however many testbed files describe it, the machine is one.
        return new LocalTestbed(definition, options, commands, Reservation.Take("local", options.Locks));
    }

    public bool OwnsTheDut => false;

    public ISnapshots? Snapshots => null;

    public Task<ImmutableArray<Fact>> PrepareAsync(IReadOnlyCollection<BootState> states, CancellationToken cancellationToken) => Task.FromResult(MachineFacts.Read());

    public Task<BootOutcome> BootAsync(BootState state, BootNeed need, CancellationToken cancellationToken)
    {
        foreach (var (host, request) in state.Hosts)
        {
            if (request is { Kernel: not (null or "running") } or { Os: not (null or "running") } or { CommandLine: not (null or "") })
                throw new TestbedException(
                    $"The testbed '{_definition.Name}' cannot boot '{host}': it is this machine, as it runs. Ask for kernel and os 'running' and no command line.");
        }

        return Task.FromResult(new BootOutcome(MachineFacts.BootId, Booted: false, TimeSpan.Zero, []));
    }

    public Task<ITrialSession> BeginAsync(TrialContext trial, CancellationToken cancellationToken) =>
        Task.FromResult<ITrialSession>(new LocalSession(_definition, _options, trial, _commands));

    public ValueTask DisposeAsync()
    {
        _reservation.Dispose();
        return ValueTask.CompletedTask;
    }
}
