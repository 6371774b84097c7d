using System.Collections.Immutable;

namespace Campaign.Captures;

/// <summary>Both evaluations that HVNet makes of a pair, from one reading of it, and what only such a reading can tell.</summary>
public sealed record PairEvaluation
{
    /// <summary>Every matched packet that the trim left.</summary>
    public required LatencyEvaluation All { get; init; }

    /// <summary>Of those, the packets that arrive more than one second after the first matched arrival: the "filtered" tables of low-latency and hipnet21.</summary>
    public required LatencyEvaluation Filtered { get; init; }

    /// <summary>Time from each packet before the device to the next, in the order of time; nanoseconds (HVNet's jitter).</summary>
    public required LatencyDistribution GapsPre { get; init; }

    /// <summary>The same behind the device.</summary>
    public required LatencyDistribution GapsPost { get; init; }

    /// <summary>Packets before the device in each second since the first of them.</summary>
    public required ImmutableArray<RateSecond> RatePre { get; init; }

    /// <summary>Packets behind the device in each second since the first of them.</summary>
    public required ImmutableArray<RateSecond> RatePost { get; init; }

    /// <summary>Packets that arrived, but after the window: a part of <see cref="LatencyEvaluation.OutsideWindow"/>; the others of it came too early.</summary>
    public required long Late { get; init; }

    /// <summary>Latencies of each second since the first packet before, by when they were sent; empty seconds are in it.</summary>
    public required ImmutableArray<LatencyDistribution> Seconds { get; init; }

    /// <summary>The flows apart, by their ports, under <see cref="PacketIdentity.Flows"/>; empty otherwise, and when there are more than 65 536.</summary>
    public required ImmutableArray<FlowEvaluation> Flows { get; init; }
}
