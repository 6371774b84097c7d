using System.Collections.Immutable;

namespace Campaign.Captures;

/// <summary>
/// What a pair of captures says: every packet that was seen before the device under test is matched with the same packet
/// behind it. All counts are packets, all times nanoseconds.
/// </summary>
/// <remarks>
/// Every packet is counted once on its side: packets before = matched + lost + outside the window + duplicates before + foreign there;
/// packets behind = matched + outside the window + duplicates behind + unmatched + ambiguous + foreign there.
/// </remarks>
public sealed record LatencyEvaluation
{
    /// <summary>The capture taken before the device under test.</summary>
    public required CaptureSummary Pre { get; init; }

    /// <summary>The capture taken behind the device under test.</summary>
    public required CaptureSummary Post { get; init; }

    /// <summary>Name of the packet identity that was used: <c>hvnet</c>, <c>moonsniff</c>, <c>flows</c> or a <see cref="ByteRange"/>.</summary>
    public required string Identity { get; init; }

    /// <summary>Packets with a latency.</summary>
    public required long Matched { get; init; }

    /// <summary>Packets seen before, never behind. Counted by identity, never as a difference of totals.</summary>
    public required long Lost { get; init; }

    /// <summary>
    /// Longest run of consecutive lost packets, in the order of the capture before; packets that cannot be told apart
    /// (<see cref="DuplicatesPre"/>) neither lengthen nor end a run.
    /// </summary>
    public required long LongestLossBurst { get; init; }

    /// <summary>Packets behind whose identity was never seen before (loss at the tap before, or other traffic).</summary>
    public required long UnmatchedPost { get; init; }

    /// <summary>Packets before whose identity occurs more than once there; none of them is matched.</summary>
    public required long DuplicatesPre { get; init; }

    /// <summary>Second and later arrivals of an identity behind the device; the first one counts.</summary>
    public required long DuplicatesPost { get; init; }

    /// <summary>Packets behind whose identity occurs more than once before, so that nobody can say which of them arrived.</summary>
    public long AmbiguousPost { get; init; }

    /// <summary>Packets on both sides without an identity (under MoonSniff's rule: without its marker): not the trial's traffic.</summary>
    public long Foreign { get; init; }

    /// <summary>Packets that arrived after one that was sent later (RFC 4737, type-P-reordered).</summary>
    public required long Reordered { get; init; }

    /// <summary>Packets whose partner lies outside the matching window (behind not later than before, or 5 s and more later).</summary>
    public required long OutsideWindow { get; init; }

    /// <summary>Matched packets that the trim left out of the distribution; 0 without a trim.</summary>
    public required long Trimmed { get; init; }

    /// <summary>Every latency, exactly; empty when nothing matched or the trim left nothing.</summary>
    public required LatencyDistribution Latencies { get; init; }

    /// <summary>The largest latencies, largest first, then by time before.</summary>
    public required ImmutableArray<WorstPacket> Worst { get; init; }

    /// <summary>One entry for each second since the first packet before, without gaps.</summary>
    public required ImmutableArray<SecondSummary> Seconds { get; init; }

    /// <summary>What is wrong with the captures, in words; empty when nothing is.</summary>
    public required ImmutableArray<CaptureProblem> Problems { get; init; }
}

/// <summary>One capture file as it was read.</summary>
/// <param name="Path">The file, as it was named.</param>
/// <param name="Format">For people: <c>pcap, nanoseconds, little-endian, Ethernet</c>; with <c>, zstd</c> when compressed.</param>
/// <param name="Packets">Whole records read.</param>
/// <param name="FirstTimestamp">Nanoseconds since the epoch of the capture's clock; 0 when empty.</param>
/// <param name="LastTimestamp">Nanoseconds since the epoch of the capture's clock; 0 when empty.</param>
/// <param name="Bytes">Bytes read, after decompression.</param>
/// <param name="FrameBytes">Length on the wire of the packets without FCS, when all are alike; otherwise 0.</param>
public sealed record CaptureSummary(
    string Path, string Format, long Packets, long FirstTimestamp, long LastTimestamp, long Bytes, int FrameBytes)
{
    /// <summary>Packets per second between the first and the last packet: (n − 1) / duration; 0 below two packets.</summary>
    public double PacketsPerSecond =>
        Packets < 2 || LastTimestamp <= FirstTimestamp ? 0 : (Packets - 1) * 1e9 / (LastTimestamp - FirstTimestamp);
}

/// <summary>One of the largest latencies.</summary>
/// <param name="Latency">Nanoseconds.</param>
/// <param name="PreTimestamp">Nanoseconds since the epoch of the capture's clock.</param>
/// <param name="PostTimestamp">Nanoseconds since the epoch of the capture's clock.</param>
/// <param name="Key">The packet's identity in hexadecimal digits.</param>
public readonly record struct WorstPacket(long Latency, long PreTimestamp, long PostTimestamp, string Key);

/// <summary>One second of a trial, counted from the first packet before the device.</summary>
/// <param name="Second">0 for the first.</param>
/// <param name="Sent">Packets before the device in this second.</param>
/// <param name="Received">Packets behind the device in this second.</param>
/// <param name="Lost">Packets sent in this second that never arrived.</param>
/// <param name="P50">Nanoseconds, of the packets sent in this second; 0 when none matched.</param>
/// <param name="P99">Nanoseconds.</param>
/// <param name="P999">Nanoseconds.</param>
/// <param name="Max">Nanoseconds.</param>
public readonly record struct SecondSummary(
    int Second, long Sent, long Received, long Lost, long P50, long P99, long P999, long Max);
