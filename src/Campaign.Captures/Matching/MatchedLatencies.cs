using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>What the matched packets say: distribution, worst packets, seconds. Trim and filter are applied here.</summary>
internal sealed class MatchedLatencies
{
    private const long FilterPause = 1_000_000_000;

    private readonly PairMatcher _pair;
    private readonly long _keepFrom;
    private readonly long _keepAfter;

    public MatchedLatencies(PairMatcher pair, EvaluationOptions options)
    {
        _pair = pair;
        _keepFrom = options.TrimNanoseconds == 0 ? long.MinValue : pair.EarliestPost + options.TrimNanoseconds;
        _keepAfter = long.MinValue;
        if (options.Filtered)
            _keepAfter = EarliestKept() is { } earliest ? earliest + FilterPause : long.MaxValue;
        var latencies = Collect();
        Trimmed = pair.Matched - latencies.Length;
        Distribution = LatencyDistribution.FromSamples(latencies);
        Worst = FindWorst(latencies, options.Worst);
    }

    /// <summary>Matched packets that trim or filter left out.</summary>
    public long Trimmed { get; }

    public LatencyDistribution Distribution { get; }

    public ImmutableArray<WorstPacket> Worst { get; }

    /// <summary>One entry for each second from the first packet before to the last packet of either capture; none without a packet before.</summary>
    public ImmutableArray<SecondSummary> Seconds(CaptureSummary pre, CaptureSummary post)
    {
        if (pre.Packets == 0)
            return [];

        // Captures without a match may not share a clock: the one behind may seem to end years later.
        var end = _pair.Matched == 0 ? pre.LastTimestamp : Math.Max(pre.LastTimestamp, post.LastTimestamp);
        var last = Math.Max(0, _pair.SentPerSecond.SecondOf(end));
        var seconds = ImmutableArray.CreateBuilder<SecondSummary>((int)last + 1);
        var (latencies, ends, lost) = BySecond((int)last);
        for (var second = 0; second <= last; second++)
        {
            var own = latencies.AsSpan((second == 0 ? 0 : ends[second - 1])..ends[second]);
            own.Sort();
            seconds.Add(new SecondSummary(
                second, _pair.SentPerSecond[second], _pair.ReceivedPerSecond[second], lost[second],
                AtRank(own, 0.5), AtRank(own, 0.99), AtRank(own, 0.999), AtRank(own, 1)));
        }

        return seconds.MoveToImmutable();
    }

    private static long AtRank(ReadOnlySpan<long> sorted, double p) => sorted.IsEmpty ? 0 : sorted[(int)LatencyDistribution.Rank(p, sorted.Length) - 1];

    private bool IsKept(in SentPacket packet) =>
        packet.Fate == Fate.Matched && packet.Arrived >= _keepFrom && packet.Arrived > _keepAfter;

    private long? EarliestKept()
    {
        long? earliest = null;
        for (var index = 0; index < _pair.Sent.Count; index++)
        {
            ref var packet = ref _pair.Sent[index];
            if (IsKept(packet) && !(earliest <= packet.Arrived))
                earliest = packet.Arrived;
        }

        return earliest;
    }

    private long[] Collect()
    {
        var latencies = new long[_pair.Matched];
        var kept = 0;
        for (var index = 0; index < _pair.Sent.Count; index++)
        {
            ref var packet = ref _pair.Sent[index];
            if (IsKept(packet))
                latencies[kept++] = packet.Latency;
        }

        Array.Resize(ref latencies, kept);
        return latencies;
    }

    /// <param name="sorted">All kept latencies, ascending.</param>
    /// <param name="wanted">How many.</param>
    private ImmutableArray<WorstPacket> FindWorst(long[] sorted, int wanted)
    {
        if (wanted <= 0 || sorted.Length == 0)
            return [];

        var threshold = sorted[Math.Max(0, sorted.Length - wanted)];
        var candidates = new List<(long Latency, long Sent, int Index)>();
        for (var index = 0; index < _pair.Sent.Count; index++)
        {
            ref var packet = ref _pair.Sent[index];
            if (IsKept(packet) && packet.Latency >= threshold)
                candidates.Add((packet.Latency, packet.Sent, index));
        }

        candidates.Sort((a, b) => (b.Latency, a.Sent, a.Index).CompareTo((a.Latency, b.Sent, b.Index)));
        return [.. candidates.Take(wanted).Select(one => new WorstPacket(
            one.Latency, one.Sent, _pair.Sent[one.Index].Arrived, Convert.ToHexStringLower(_pair.Sent.Key(one.Index))))];
    }

    /// <summary>A counting sort: kept latencies by the second they were sent in, where each second ends, and the lost of each.</summary>
    private (long[] Latencies, int[] Ends, long[] Lost) BySecond(int last)
    {
        var ends = new int[last + 1];
        var lost = new long[last + 1];
        for (var index = 0; index < _pair.Sent.Count; index++)
        {
            ref var packet = ref _pair.Sent[index];
            var second = SecondOf(packet, last);
            lost[second] += packet.Fate == Fate.Lost ? 1 : 0;
            ends[second] += IsKept(packet) ? 1 : 0;
        }

        var next = new int[last + 1];
        for (var second = 1; second <= last; second++)
        {
            next[second] = ends[second - 1];
            ends[second] += ends[second - 1];
        }

        var latencies = new long[ends[last]];
        for (var index = 0; index < _pair.Sent.Count; index++)
        {
            ref var packet = ref _pair.Sent[index];
            if (IsKept(packet))
                latencies[next[SecondOf(packet, last)]++] = packet.Latency;
        }

        return (latencies, ends, lost);
    }

    /// <summary>Within the series even when time ran backwards by a little at either end.</summary>
    private int SecondOf(in SentPacket packet, int last) => (int)Math.Clamp(_pair.SentPerSecond.SecondOf(packet.Sent), 0, last);
}
