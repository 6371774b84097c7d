namespace Campaign.Captures.Matching;

/// <summary>Settles the fate of arrivals one by one, in the order they arrived; the first one within the window counts.</summary>
/// <param name="tally">Where it is counted.</param>
/// <param name="window">Nanoseconds.</param>
internal sealed class Arrivals(PairTally tally, long window)
{
    /// <returns>Whether this arrival is the match.</returns>
    public bool Settle(ref SentPacket sent, long timestamp)
    {
        if (sent.Fate == Fate.Repeated)
        {
            tally.AmbiguousPost++;
            return false;
        }

        var matches = timestamp > sent.Sent && timestamp < sent.Sent + window;
        if (sent.Fate != Fate.Lost)
            tally.DuplicatesPost++;
        if (sent.Fate == Fate.Matched || (sent.Fate == Fate.OutsideWindow && !matches))
            return false;

        tally.OutsideWindow += (matches ? 0 : 1) - (sent.Fate == Fate.OutsideWindow ? 1 : 0);
        tally.Matched += matches ? 1 : 0;
        sent.Fate = matches ? Fate.Matched : Fate.OutsideWindow;
        sent.Arrived = timestamp;
        return matches;
    }
}
