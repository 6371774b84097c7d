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
    /// <param name="bootId">The boot that the trial began in; another one means that the machine was booted meanwhile.</param>
    /// <param name="forward">How the forwarder was asked for; null: not at all.</param>
    /// <param name="disturb">What was to disturb; null: nothing, and then nothing may be observed.</param>
    /// <param name="blueprint">The CPUs of the node.</param>
    public static ImmutableArray<Expectation> Of(
        BootState boot, string bootId, ForwardOptions? forward, DisturbOptions? disturb, Blueprint blueprint) =>
    [
        new Expectation(NodeFacts.BootId, bootId),
        .. boot.Hosts.SelectMany(h => NodeFacts.OfBoot(h.Key, h.Value)).GroupBy(f => f.Name, f => f.Value)
            .Select(f => new Expectation(f.Key, f.Last())),
        .. forward is null ? [] : Forwarder(forward, blueprint),
        new Expectation(NodeFacts.Neighbours, (disturb?.Neighbours ?? 0).ToString(CultureInfo.InvariantCulture)),
        new Expectation(NodeFacts.Recorder, disturb is { Recorder: true } ? "true" : "false"),
    ];

    private static IEnumerable<Expectation> Forwarder(ForwardOptions forward, Blueprint blueprint) =>
    [
        new Expectation(NodeFacts.ForwarderRunning, "true"),
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
