using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>Packets in each second since <see cref="Start"/>. Sparse, since two captures may turn out not to share a clock.</summary>
internal sealed class SecondCounts
{
    private const long Second = 1_000_000_000;

    private readonly Dictionary<long, long> _counts = [];
    private long _open = long.MinValue;
    private long _openCount;

    /// <summary>Nanoseconds; where second 0 begins.</summary>
    public long Start { get; set; }

    /// <summary>The second a timestamp lies in; negative before <see cref="Start"/>.</summary>
    public long SecondOf(long timestamp) => (timestamp - Start) / Second - (timestamp < Start ? 1 : 0);

    /// <summary>Where a second ends.</summary>
    public long EndOf(long second) => Start + (second + 1) * Second;

    public void Add(long timestamp)
    {
        var second = SecondOf(timestamp);
        if (second != _open)
        {
            Close();
            _open = second;
        }

        _openCount++;
    }

    /// <param name="second">As <see cref="SecondOf"/> tells it.</param>
    /// <param name="count">Packets more in that second.</param>
    public void Add(long second, long count) => _counts[second] = _counts.GetValueOrDefault(second) + count;

    /// <summary>Takes over what another one counted from the same start.</summary>
    public void Add(SecondCounts other)
    {
        other.Close();
        foreach (var (second, count) in other._counts)
            Add(second, count);
    }

    public long this[long second] => _counts.GetValueOrDefault(second) + (second == _open ? _openCount : 0);

    /// <summary>All seconds with packets, in order.</summary>
    public ImmutableArray<RateSecond> All()
    {
        Close();
        return [.. _counts.OrderBy(second => second.Key).Select(second => new RateSecond(Start + second.Key * Second, second.Value))];
    }

    private void Close()
    {
        if (_openCount > 0)
            Add(_open, _openCount);
        _openCount = 0;
    }
}
