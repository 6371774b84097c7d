using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>The largest latencies seen so far: a heap behind one comparison.</summary>
internal sealed class WorstPackets(int wanted)
{
    private readonly PriorityQueue<Entry, Entry> _heap = new(Comparer<Entry>.Create(Entry.ByBadness));

    /// <summary>Latencies up to this one need not be offered when packets arrive in the order of time.</summary>
    public long Threshold { get; private set; } = wanted > 0 ? 0 : long.MaxValue;

    public IEnumerable<Entry> Entries => _heap.UnorderedItems.Select(item => item.Element);

    public void Offer(long latency, long sent, long key)
    {
        var entry = new Entry(latency, sent, key);
        if (_heap.Count < wanted)
            _heap.Enqueue(entry, entry);
        else if (wanted > 0 && Entry.ByBadness(entry, _heap.Peek()) > 0)
            _heap.DequeueEnqueue(entry, entry);
        else
            return;
        if (_heap.Count == wanted)
            Threshold = _heap.Peek().Latency;
    }

    public void Offer(Entry entry) => Offer(entry.Latency, entry.Sent, entry.Key);

    /// <summary>Largest first, then by time before.</summary>
    public ImmutableArray<WorstPacket> Sorted(Func<long, string> name) =>
        [.. Entries.OrderDescending(Comparer<Entry>.Create(Entry.ByBadness)).Select(e => new WorstPacket(e.Latency, e.Sent, e.Sent + e.Latency, name(e.Key)))];

    /// <summary>A candidate; among equals the one with the smaller key comes first.</summary>
    internal readonly record struct Entry(long Latency, long Sent, long Key)
    {
        /// <summary>Positive when <paramref name="one"/> is to be told before <paramref name="other"/>.</summary>
        public static int ByBadness(Entry one, Entry other)
        {
            var order = one.Latency.CompareTo(other.Latency);
            if (order == 0)
                order = other.Sent.CompareTo(one.Sent);
            return order != 0 ? order : other.Key.CompareTo(one.Key);
        }
    }
}
