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

    /// <summary>Facts that hold for the whole sweep: CPU model, memory, kernel, clock source, versions.</summary>
    Task<ImmutableArray<Fact>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Brings the hosts to a boot state, by a boot only if they are not in it.
    /// </summary>
    /// <returns>The boot id of the device under test, and whether it was booted for this.</returns>
    /// <exception cref="TestbedException">The state could not be reached.</exception>
    Task<BootOutcome> BootAsync(BootState state, CancellationToken cancellationToken);

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
internal sealed record TrialContext(string TrialId, long Seed, Cell Cell, int Position, string BootId, string Folder);

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
    Task<ImmutableArray<Fact>> FactsAsync(string host, CancellationToken cancellationToken);

    /// <summary>Starts the node's forwarder and waits until it says that it is ready.</summary>
    Task ForwardAsync(string host, ForwardOptions options, Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Starts what disturbs the node.</summary>
    Task DisturbAsync(string host, DisturbOptions options, Blueprint blueprint, CancellationToken cancellationToken);

    /// <summary>Reads back the state that the attestation holds against what was asked for. Reads only.</summary>
    Task<ImmutableArray<Fact>> ObserveAsync(CancellationToken cancellationToken);

    /// <summary>Sends packets through the device under test; comes back when all captures are complete on disk.</summary>
    Task<TrafficOutcome> TrafficAsync(TrafficOptions options, Blueprint blueprint, CancellationToken cancellationToken);
}

/// <summary>Something read from a machine. Names are dotted and stable: <c>dut.kernel.release</c>.</summary>
internal sealed record Fact(string Name, string Value);

/// <summary>What a boot came to.</summary>
/// <param name="BootId">The kernel's <c>boot_id</c> of the device under test, or what stands for it.</param>
/// <param name="Booted">Whether a boot was needed.</param>
/// <param name="Took">How long it took.</param>
internal sealed record BootOutcome(string BootId, bool Booted, TimeSpan Took);

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
