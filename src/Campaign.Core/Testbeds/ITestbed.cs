using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Topology;

namespace Campaign.Testbeds;

/// <summary>
/// A testbed that this process has reserved. Disposing of it gives it back and leaves nothing running.
/// </summary>
internal interface ITestbed : IAsyncDisposable
{
    /// <summary>True when nothing it gives was measured.</summary>
    bool Simulated { get; }

    /// <summary>False when <see cref="ITrialSession.TrafficAsync"/> leaves no captures, so that there is nothing to attest or to evaluate.</summary>
    bool Measures { get; }

    /// <summary>True when the device under test is a machine of its own, whose kernel, control groups and interrupts are attested.</summary>
    bool OwnsTheDut { get; }

    /// <summary>Makes ready whatever these boot states need, once, before the first of them: images, packages.</summary>
    /// <returns>Facts that hold for the whole sweep: CPU model, memory, kernel, clock source, versions.</returns>
    /// <exception cref="Diagnostics.CampaignException">Exit code 6: the testbed cannot be had, and what to do.</exception>
    Task<ImmutableArray<Fact>> PrepareAsync(IReadOnlyCollection<BootState> states, CancellationToken cancellationToken);

    /// <summary>
    /// Brings the hosts to a boot state, by a boot only if they are not in it.
    /// </summary>
    /// <param name="need">Whether being in the state is enough, or a boot of its own is wanted.</param>
    /// <returns>The boot id of the device under test, and whether it was booted for this.</returns>
    /// <exception cref="TestbedException">The state could not be reached.</exception>
    Task<BootOutcome> BootAsync(BootState state, BootNeed need, CancellationToken cancellationToken);

    /// <summary>Keeps moments of the device under test; null for a driver that cannot.</summary>
    ISnapshots? Snapshots { get; }

    /// <summary>Opens the testbed for one trial. Disposing of the session ends every process that the trial started, in the order of a teardown.</summary>
    /// <exception cref="TestbedException">The session could not be opened.</exception>
    Task<ITrialSession> BeginAsync(TrialContext trial, CancellationToken cancellationToken);
}

/// <summary>What a driver is told of a trial.</summary>
/// <param name="TrialId">Its id.</param>
/// <param name="Seed">Seed for everything random in this trial; from the sweep's seed and the trial's id.</param>
/// <param name="Cell">Its axis values: for the simulation; drivers of real testbeds do not look at it.</param>
/// <param name="Position">0-based place in the order of execution.</param>
/// <param name="BootId">What <see cref="ITestbed.BootAsync"/> answered.</param>
/// <param name="Folder">The trial's folder, which exists; captures and logs go below it.</param>
internal sealed record TrialContext(string TrialId, long Seed, Cell Cell, int Position, string BootId, string Folder)
{
    /// <summary>What lies between this trial and the next.</summary>
    public TrialFreshness Freshness { get; init; }

    /// <summary>The forwarder that runs already, because the machine was brought back to a moment after it had been started so; null: none.</summary>
    public ForwardOptions? Running { get; init; }
}

/// <summary>Moments of the device under test, memory and all.</summary>
internal interface ISnapshots
{
    /// <summary>Keeps the device under test as it is now. The name may have been used before; then the earlier moment is gone.</summary>
    /// <exception cref="TestbedException">There is no room.</exception>
    Task SaveAsync(string name, CancellationToken cancellationToken);

    /// <summary>Brings the device under test back to a moment that was kept.</summary>
    /// <exception cref="TestbedException">It did not come back.</exception>
    Task<BootOutcome> RestoreAsync(string name, CancellationToken cancellationToken);
}

/// <summary>What a boot is wanted for.</summary>
internal enum BootNeed
{
    /// <summary>The boot state, however long ago it was booted.</summary>
    State,

    /// <summary>A machine that nothing has run on.</summary>
    FreshBoot,
}

/// <summary>The testbed during one trial. Hosts are named by host name or role.</summary>
internal interface ITrialSession : IAsyncDisposable
{
    /// <summary>Runs a shell command to its end.</summary>
    /// <exception cref="TestbedException">The host cannot be reached, or does not run commands.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the command was ended.</exception>
    Task<CommandOutcome> RunAsync(string host, string command, CancellationToken cancellationToken);

    /// <summary>Starts a shell command that runs until <see cref="StopAsync"/> or the end of the session.</summary>
    Task<long> SpawnAsync(string host, string command, CancellationToken cancellationToken);

    Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken);

    /// <summary>Writes a file on a host, creating the folders above it.</summary>
    Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken);

    Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken);

    /// <summary>Facts of one host at this moment.</summary>
    Task<ImmutableArray<Fact>> FactsAsync(string host, Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Starts the node's forwarder and waits until it says that it is ready.</summary>
    Task ForwardAsync(string host, ForwardOptions options, Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Starts what disturbs the node.</summary>
    Task DisturbAsync(string host, DisturbOptions options, Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Reads back the state that the attestation holds against what was asked for. Reads only.</summary>
    Task<ImmutableArray<Fact>> ObserveAsync(Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Sends packets through the device under test; comes back when all captures are complete on disk.</summary>
    Task<TrafficOutcome> TrafficAsync(TrafficOptions options, Blueprint blueprint, CancellationToken cancellationToken);
}

/// <summary>Something read from a machine. Names are dotted and stable: <c>dut.kernel.release</c>.</summary>
internal sealed record Fact(string Name, string Value);

/// <summary>What a boot came to.</summary>
/// <param name="BootId">The kernel's <c>boot_id</c> of the device under test, or what stands for it.</param>
/// <param name="Booted">Whether a boot was needed.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Promises">What must be read back from the device under test if it was booted so; attested before and after each measurement.</param>
internal sealed record BootOutcome(string BootId, bool Booted, TimeSpan Took, ImmutableArray<Fact> Promises);

/// <summary>What a command came to.</summary>
internal sealed record CommandOutcome(int Exit, string StandardOutput, string StandardError, TimeSpan Took);

/// <summary>What sending packets came to.</summary>
/// <param name="Pre">Capture before the device under test.</param>
/// <param name="Post">Capture behind it.</param>
/// <param name="Intended">Packets that were to be sent.</param>
/// <param name="Sent">Packets that the generator handed to the network.</param>
/// <param name="Late">Packets that left more than 100 µs (or one interval, if that is longer) after their intended time.</param>
/// <param name="WorstLateness">The largest delay against the intended time, in nanoseconds.</param>
/// <param name="TapDrops">Packets that the timestamper's sockets dropped, as the kernel counts them.</param>
/// <param name="Remarks">What the driver noticed, in sentences, each of which degrades the trial.</param>
internal sealed record TrafficOutcome(
    string Pre, string Post, long Intended, long Sent, long Late, long WorstLateness, long TapDrops, ImmutableArray<string> Remarks);

/// <summary>Something went wrong on a testbed: which host, what, and what to do.</summary>
internal sealed class TestbedException(string message, Exception? inner = null) : Exception(message, inner);
