namespace Campaign.Captures.Matching;

/// <summary>Counts durations exactly: one counter for each nanosecond below <see cref="Direct"/>, a list above that is packed when it grows.</summary>
internal sealed class LatencyCounter
{
    /// <summary>Nanoseconds, about a quarter of a millisecond: below it a count is one increment.</summary>
    public const int Direct = 1 << 18;

    private const int LargestList = 1 << 15;

    private uint[] _counts = [];
    private readonly List<long> _above = [];
    private readonly List<CompactCounts> _packed = [];
    private int _reach;

    /// <summary>The counters below <see cref="Direct"/>, for a loop that increments them itself.</summary>
    public uint[] Counts => _counts.Length > 0 ? _counts : _counts = new uint[Direct];

    /// <summary>That loop has only counted durations below <paramref name="end"/>.</summary>
    public void Reached(int end) => _reach = Math.Max(_reach, end);

    /// <param name="latency">Nanoseconds, not negative.</param>
    public void Add(long latency)
    {
        if (latency < Direct)
        {
            Counts[latency]++;
            _reach = Math.Max(_reach, (int)latency + 1);
            return;
        }

        if (_above.Count == LargestList)
            PackAbove();
        _above.Add(latency);
    }

    /// <summary>All that was counted, after which counting begins anew.</summary>
    public CompactCounts Take()
    {
        var writer = new CompactCounts.Writer();
        for (var at = 0; at < _reach;)
        {
            var found = _counts.AsSpan(at, _reach - at).IndexOfAnyExcept(0u);
            if (found < 0)
                break;
            at += found;
            writer.Add(at, _counts[at]);
            _counts[at++] = 0;
        }

        _reach = 0;
        if (_above.Count > 0)
            PackAbove();
        _packed.Insert(0, writer.Complete());
        var all = MergedCounts.Of(_packed);
        _packed.Clear();
        return all;
    }

    private void PackAbove()
    {
        _above.Sort();
        var writer = new CompactCounts.Writer();
        for (var start = 0; start < _above.Count;)
        {
            var end = start;
            while (end < _above.Count && _above[end] == _above[start])
                end++;
            writer.Add(_above[start], end - start);
            start = end;
        }

        _above.Clear();
        _packed.Add(writer.Complete());
        if (_packed.Count < 32)
            return;
        var merged = MergedCounts.Of(_packed);
        _packed.Clear();
        _packed.Add(merged);
    }
}
