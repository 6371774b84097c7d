using Campaign.Captures.Matching;

namespace Campaign.Captures.Partitioned;

/// <summary>Takes packets behind the device in the order they arrived: reordering (RFC 4737) and runs of packets that were never sent.</summary>
internal sealed class ArrivalOrder(PairTally tally)
{
    /// <summary>The place in the order of sending that comes after the furthest match so far.</summary>
    private long _expected;

    /// <summary>RFC 4737, 3.3: a packet is reordered when one that was sent later has arrived already.</summary>
    public void Match(long index)
    {
        tally.UnmatchedRun.End();
        if (index < _expected)
            tally.Reordered++;
        else
            _expected = index + 1;
    }

    /// <summary>A packet that was sent, but is no match.</summary>
    public void Other() => tally.UnmatchedRun.End();

    public void Unmatched(long timestamp)
    {
        tally.UnmatchedPost++;
        tally.UnmatchedRun.Extend(timestamp);
    }
}
