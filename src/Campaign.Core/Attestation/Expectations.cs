using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign.Attestation;

/// <summary>What a trial asked for, as facts that must be observed. Pure.</summary>
internal static class Expectations
{
    /// <summary>Everything that must hold before and after the measurement.</summary>
    /// <param name="boot">What was to be booted.</param>
    /// <param name="outcome">The boot that the trial began in, and what it promised; another boot id means that the machine was booted meanwhile.</param>
    /// <param name="forward">How the forwarder was asked for; null: not at all.</param>
    /// <param name="disturb">What was to disturb; null: nothing, and then nothing may be observed.</param>
    /// <param name="blueprint">The CPUs of the node.</param>
    /// <param name="ownsTheDut">Whether the device under test is a machine of its own.</param>
    /// <param name="measured">Whether packets have been sent.</param>
    public static ImmutableArray<Expectation> Of(
        BootState boot, BootOutcome outcome, ForwardOptions? forward, DisturbOptions? disturb, Blueprint blueprint, bool ownsTheDut, bool measured) =>
    [
        new Expectation(NodeFacts.BootId, outcome.BootId),
        .. ownsTheDut
            ? MachineExpectations.Of(boot, outcome.Promises, forward, blueprint, measured)
            : outcome.Promises.Select(p => new Expectation(p.Name, p.Value)),
        .. CommandLine(boot),
        .. forward is null ? [] : Forwarder(forward, blueprint),
        new Expectation(NodeFacts.Neighbours, (disturb?.Neighbours ?? 0).ToString(CultureInfo.InvariantCulture)),
        new Expectation(NodeFacts.Recorder, disturb?.Recorder ?? "none"),
    ];

    /// <summary>Each option of the command lines; of one that is given several times the last counts.</summary>
    private static IEnumerable<Expectation> CommandLine(BootState boot) => boot.Hosts
        .SelectMany(h => NodeFacts.OfCommandLine(h.Key, h.Value))
        .GroupBy(f => f.Name, f => f.Value)
        .Select(f => new Expectation(f.Key, f.Last()));

    private static IEnumerable<Expectation> Forwarder(ForwardOptions forward, Blueprint blueprint) =>
    [
        new Expectation(NodeFacts.ForwarderRunning, "true"),
        .. forward.Kind == ForwardOptions.Bridge ? [] : Threads(forward, blueprint),
    ];

    private static IEnumerable<Expectation> Threads(ForwardOptions forward, Blueprint blueprint) =>
    [
        forward.Isolation
            ? new Expectation(NodeFacts.ForwarderCpus, Topology.CpuList.Format(blueprint.PacketCpus))
            : new Expectation(NodeFacts.ForwarderPinned, "false"),
        new Expectation(NodeFacts.ForwarderScheduler, forward.Realtime switch
        {
            RealtimeWish.Yes => "fifo 50",
            RealtimeWish.Try => "fifo 50|other",
            _ => "other",
        }),
    ];
}
