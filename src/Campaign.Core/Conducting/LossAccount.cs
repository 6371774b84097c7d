using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Testbeds;

namespace Campaign.Conducting;

/// <summary>Where packets were lost, by the forwarder's own counters between the captures of both sides.</summary>
/// <param name="Before">Captured before the node and not received by its forwarder.</param>
/// <param name="Within">Received and not sent.</param>
/// <param name="Behind">Sent and not captured behind the node.</param>
/// <param name="Counted">What the NIC and its emulator say they dropped before the forwarder.</param>
internal sealed record LossAccount(long Before, long Within, long Behind, long Counted)
{
    /// <summary>The account of one measurement; null where the forwarder has no counters.</summary>
    /// <param name="facts">Read after the measurement; counters are those since before it.</param>
    public static LossAccount? Of(LatencyEvaluation evaluation, ImmutableArray<Fact> facts)
    {
        long? Number(string name) =>
            facts.LastOrDefault(f => f.Name == name) is { } fact && long.TryParse(fact.Value, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) ? number : null;

        return Number(MachineFactNames.ForwarderReceived) is { } received && Number(MachineFactNames.ForwarderSent) is { } sent
            ? new LossAccount(
                evaluation.Pre.Packets - received, received - sent, sent - evaluation.Post.Packets,
                (Number(MachineFactNames.ForwarderMissed) ?? 0) + (Number(MachineFactNames.NicDropped) ?? 0))
            : null;
    }

    public IEnumerable<Fact> Facts() =>
    [
        new Fact("lost.before_forwarder", Text(Before)),
        new Fact("lost.in_forwarder", Text(Within)),
        new Fact("lost.behind_forwarder", Text(Behind)),
    ];

    /// <summary>What does not add up, in sentences. Where the timestamper itself lost packets, nothing can add up.</summary>
    public IEnumerable<string> Remarks(long tapDrops)
    {
        if (tapDrops > 0)
            yield break;

        if (Before != Counted)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The counters before the node do not agree with its capture: {Before} captured packets did not reach the forwarder, of which its NIC counted {Counted} as dropped.");

        if (Within < 0 || Behind != 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The counters behind the node do not agree with its capture: the forwarder sent {-Within} packets more than it received, and {Behind} of what it sent was not captured.");
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
