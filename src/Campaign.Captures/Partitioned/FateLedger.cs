using Campaign.Captures.Matching;

namespace Campaign.Captures.Partitioned;

/// <summary>Takes what became of every identity, in the order they were sent, into a tally.</summary>
/// <param name="tally">Where it is counted.</param>
/// <param name="keepFrom">Nanoseconds; matches that arrive earlier are trimmed.</param>
/// <param name="keepAfter">Nanoseconds; matches that arrive later belong to the filtered evaluation too.</param>
internal sealed class FateLedger(PairTally tally, long keepFrom, long keepAfter)
{
    private readonly LatencyCounter _early = new();
    private readonly LatencyCounter _kept = new();
    private int _second;

    /// <param name="packet">What became of it.</param>
    /// <param name="flow">As <see cref="IdentityRule.FlowOf"/> tells it.</param>
    public void Take(in SentPacket packet, uint flow)
    {
        tally.LastSent = packet.Sent;
        if (packet.Fate == Fate.Repeated)
            return;
        if (packet.Fate == Fate.Lost)
        {
            tally.Lost++;
            tally.LostPerSecond.Add(SecondOf(packet.Sent), 1);
            tally.Loss.Extend(packet.Sent);
            tally.Flows?.Lose(flow);
            return;
        }

        tally.Loss.End();
        tally.NoteArrival(new(packet.Place, packet.Sent, packet.Arrived), packet.Fate == Fate.Matched);
        if (packet.Fate == Fate.Matched)
            Count(packet, flow);
    }

    /// <summary>After the last one.</summary>
    public void Close()
    {
        tally.Early.Add(_second, _early.Take());
        tally.Kept.Add(_second, _kept.Take());
    }

    private void Count(in SentPacket packet, uint flow)
    {
        if (packet.Arrived < keepFrom)
            return;

        var second = SecondOf(packet.Sent);
        if (second != _second)
        {
            Close();
            _second = second;
        }

        tally.Flows?.Count(flow, packet.Latency);
        var kept = packet.Arrived > keepAfter;
        (kept ? _kept : _early).Add(packet.Latency);
        (kept ? tally.Kept : tally.Early).Worst.Offer(packet.Latency, packet.Sent, packet.Place);
    }

    /// <summary>Time may have run backwards by a little before the first packet.</summary>
    private int SecondOf(long sent) => (int)Math.Max(0, tally.SentPerSecond.SecondOf(sent));
}
