using Campaign.Captures.Matching;

namespace Campaign.Captures.Partitioned;

/// <summary>Settles the fate of arrivals one by one, in the order they arrived; the first one within the window counts.</summary>
/// <param name="counts">Where it is counted.</param>
/// <param name="window">Nanoseconds.</param>
internal sealed class Arrivals(MatchCounts counts, long window)
{
    /// <returns>Whether this arrival is the match.</returns>
    public bool Settle(ref SentPacket sent, long timestamp)
    {
        if (sent.Fate == Fate.Repeated)
        {
            counts.AmbiguousPost++;
            return false;
        }

        var matches = timestamp > sent.Sent && timestamp < sent.Sent + window;
        if (sent.Fate != Fate.Lost)
            counts.DuplicatesPost++;
        if (sent.Fate == Fate.Matched || (sent.Fate == Fate.OutsideWindow && !matches))
            return false;

        counts.OutsideWindow += (matches ? 0 : 1) - (sent.Fate == Fate.OutsideWindow ? 1 : 0);
        counts.Matched += matches ? 1 : 0;
        sent.Fate = matches ? Fate.Matched : Fate.OutsideWindow;
        sent.Arrived = timestamp;
        return matches;
    }
}
