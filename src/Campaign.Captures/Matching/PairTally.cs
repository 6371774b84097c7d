namespace Campaign.Captures.Matching;

/// <summary>Everything that was counted of a pair, however it was matched; the answers are made from it.</summary>
internal sealed class PairTally(int worst)
{
    /// <summary>Nanoseconds from the first match that is not trimmed; HVNet's filtered evaluation leaves out what arrives in them.</summary>
    public const long FilterPause = 1_000_000_000;

    /// <summary>Packets by their fate.</summary>
    public MatchCounts Matches { get; } = new();

    /// <summary>The flows apart; null when the identity knows none.</summary>
    public FlowTally? Flows { get; init; }

    /// <summary>Packets sent whose identity never arrived.</summary>
    public long Lost { get; set; }

    public long UnmatchedPost { get; set; }

    public long ForeignPre { get; set; }

    public long ForeignPost { get; set; }

    public long Reordered { get; set; }

    /// <summary>Runs of lost packets in the order they were sent.</summary>
    public RunLength Loss { get; set; } = new();

    /// <summary>Runs of packets behind that were never seen before.</summary>
    public RunLength UnmatchedRun { get; set; } = new();

    /// <summary>What arrived up to a second after the first match: HVNet's filtered evaluation leaves it out.</summary>
    public PhaseTally Early { get; } = new(worst);

    /// <summary>What arrived after that.</summary>
    public PhaseTally Kept { get; } = new(worst);

    /// <summary>Packets in each second since the first packet before; seconds without a packet are absent.</summary>
    public SecondCounts SentPerSecond { get; set; } = new();

    /// <summary>Packets behind in each second since the first packet before.</summary>
    public SecondCounts ReceivedPerSecond { get; set; } = new();

    /// <summary>Packets behind in each second since the first packet behind.</summary>
    public SecondCounts ReceivedPerOwnSecond { get; set; } = new();

    /// <summary>Packets sent in each second that never arrived.</summary>
    public SecondCounts LostPerSecond { get; set; } = new();

    /// <summary>Time between packets before the device.</summary>
    public CompactCounts GapsPre { get; set; } = new CompactCounts.Writer().Complete();

    /// <summary>Time between packets behind the device.</summary>
    public CompactCounts GapsPost { get; set; } = new CompactCounts.Writer().Complete();

    /// <summary>Common packets that were not later behind than before.</summary>
    public long EarlyArrivals { get; set; }

    /// <summary>Those of them that were seen at the very same time.</summary>
    public long Simultaneous { get; set; }

    /// <summary>The smallest latency of a common packet if it is negative, otherwise 0.</summary>
    public long EarliestLatency { get; set; }

    /// <summary>The largest latency of a matched packet, trimmed or not.</summary>
    public long LongestLatency { get; set; }

    /// <summary>Timestamp of the last identity sent.</summary>
    public long LastSent { get; set; }

    /// <summary>The first two and the last two of those that were sent and arrived; fewer than four when there are not so many.</summary>
    public List<Arrival> Ends { get; } = [];

    /// <summary>A packet that was seen on both sides.</summary>
    /// <param name="Index">Its place among the identities sent.</param>
    /// <param name="Sent">Nanoseconds.</param>
    /// <param name="Arrived">Nanoseconds.</param>
    internal readonly record struct Arrival(long Index, long Sent, long Arrived);

    /// <summary>Takes a packet that arrived, in the order they were sent.</summary>
    public void NoteArrival(Arrival arrival, bool matched)
    {
        if (Ends.Count == 4)
            Ends.RemoveAt(2);
        Ends.Add(arrival);
        var latency = arrival.Arrived - arrival.Sent;
        if (matched)
            LongestLatency = Math.Max(LongestLatency, latency);
        else
            NoteOutside(latency);
    }

    /// <summary>Takes the latency of a common packet that is no match.</summary>
    public void NoteOutside(long latency)
    {
        EarlyArrivals += latency <= 0 ? 1 : 0;
        Simultaneous += latency == 0 ? 1 : 0;
        EarliestLatency = Math.Min(EarliestLatency, latency);
    }
}
