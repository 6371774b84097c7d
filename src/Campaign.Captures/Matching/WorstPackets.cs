using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>The largest latencies seen so far: a heap behind one comparison.</summary>
internal sealed class WorstPackets(int wanted)
{
    private readonly Entry[] _heap = new Entry[Math.Max(0, wanted)];
    private int _count;

    /// <summary>Latencies up to this one need not be offered when packets arrive in the order of time.</summary>
    public long Threshold { get; private set; } = wanted > 0 ? 0 : long.MaxValue;

    public ReadOnlySpan<Entry> Entries => _heap.AsSpan(0, _count);

    public IEnumerable<long> Keys => _heap.Take(_count).Select(entry => entry.Key);

    public void Offer(long latency, long sent, long key)
    {
        var entry = new Entry(latency, sent, key);
        if (_count < _heap.Length)
            Rise(entry);
        else if (_count > 0 && Entry.ByBadness(entry, _heap[0]) > 0)
            Sink(entry);
        if (_count == _heap.Length && _count > 0)
            Threshold = _heap[0].Latency;
    }

    public void Offer(Entry entry) => Offer(entry.Latency, entry.Sent, entry.Key);

    /// <summary>Largest first, then by time before.</summary>
    public ImmutableArray<WorstPacket> Sorted(Func<long, string> name)
    {
        var sorted = Entries.ToArray();
        Array.Sort(sorted, static (one, other) => Entry.ByBadness(other, one));
        var packets = ImmutableArray.CreateBuilder<WorstPacket>(sorted.Length);
        foreach (var entry in sorted)
            packets.Add(new WorstPacket(entry.Latency, entry.Sent, entry.Sent + entry.Latency, name(entry.Key)));
        return packets.MoveToImmutable();
    }

    /// <summary>The new one goes to the end and rises while it is better than its parent: the best of the bad is on top.</summary>
    private void Rise(Entry entry)
    {
        var at = _count++;
        for (int parent; at > 0 && Entry.ByBadness(entry, _heap[parent = (at - 1) / 2]) < 0; at = parent)
            _heap[at] = _heap[parent];
        _heap[at] = entry;
    }

    /// <summary>The new one takes the place of the top and sinks below all that are better.</summary>
    private void Sink(Entry entry)
    {
        var at = 0;
        while (2 * at + 1 < _count)
        {
            var child = 2 * at + 1;
            if (child + 1 < _count && Entry.ByBadness(_heap[child + 1], _heap[child]) < 0)
                child++;
            if (Entry.ByBadness(entry, _heap[child]) <= 0)
                break;
            _heap[at] = _heap[child];
            at = child;
        }

        _heap[at] = entry;
    }

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
