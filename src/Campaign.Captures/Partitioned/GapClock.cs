using Campaign.Captures.Matching;

namespace Campaign.Captures.Partitioned;

/// <summary>Times from each packet to the next in the order of time; packets may be out of it by as many as are held back.</summary>
internal sealed class GapClock
{
    private const int Held = 1024;

    private readonly long[] _times = new long[Held];
    private readonly LatencyCounter _gaps = new();
    private int _oldest;
    private int _count;
    private long _last = long.MinValue;

    public void Add(long time)
    {
        if (_count == Held)
            Release();
        var at = _count++;
        for (; at > 0 && At(at - 1) > time; at--)
            At(at) = At(at - 1);
        At(at) = time;
    }

    public CompactCounts Take()
    {
        while (_count > 0)
            Release();
        return _gaps.Take();
    }

    private ref long At(int index) => ref _times[(_oldest + index) % Held];

    private void Release()
    {
        var time = _times[_oldest];
        _oldest = (_oldest + 1) % Held;
        _count--;
        if (_last != long.MinValue)
            _gaps.Add(Math.Abs(time - _last));
        _last = time;
    }
}
