namespace Campaign.Captures.Matching;

/// <summary>Latencies of the packets that arrived in one part of the trial, by the second they were sent in, and the worst of them.</summary>
internal sealed class PhaseTally(int worst)
{
    private readonly Dictionary<int, List<CompactCounts>> _seconds = [];

    public WorstPackets Worst { get; } = new(worst);

    /// <summary>Every latency, in no order.</summary>
    public IEnumerable<CompactCounts> Parts => _seconds.Values.SelectMany(parts => parts);

    public IReadOnlyList<CompactCounts> Of(int second) => _seconds.TryGetValue(second, out var parts) ? parts : [];

    public void Add(int second, CompactCounts counts)
    {
        if (counts.Total == 0)
            return;
        if (!_seconds.TryGetValue(second, out var parts))
            _seconds[second] = parts = [];
        parts.Add(counts);
        if (parts.Count < 16)
            return;
        var merged = MergedCounts.Of(parts);
        parts.Clear();
        parts.Add(merged);
    }

    /// <summary>Takes over what another segment counted.</summary>
    public void Add(PhaseTally other)
    {
        foreach (var (second, parts) in other._seconds)
        {
            foreach (var part in parts)
                Add(second, part);
        }

        foreach (var entry in other.Worst.Entries)
            Worst.Offer(entry);
    }
}
