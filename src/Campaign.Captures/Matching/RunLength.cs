namespace Campaign.Captures.Matching;

/// <summary>The longest run of like packets, and the run that is open at the end.</summary>
internal sealed class RunLength
{
    private bool _ended;
    private long _first;

    /// <summary>Longest run that something ended.</summary>
    public long LongestEnded { get; private set; }

    /// <summary>Length of the run that nothing has ended.</summary>
    public long Open { get; private set; }

    /// <summary>Timestamp of the first packet of the open run.</summary>
    public long OpenSince { get; private set; }

    public long Longest => Math.Max(LongestEnded, Open);

    public void Extend(long timestamp)
    {
        if (Open++ == 0)
            OpenSince = timestamp;
    }

    public void End()
    {
        if (!_ended)
            _first = Open;
        _ended = true;
        LongestEnded = Longest;
        Open = 0;
    }

    /// <summary>Goes on with what another one counted of the packets that follow.</summary>
    public void Join(RunLength next)
    {
        if (!next._ended)
        {
            if (Open == 0)
                OpenSince = next.OpenSince;
            Open += next.Open;
            return;
        }

        Open += next._first;
        End();
        LongestEnded = Math.Max(LongestEnded, next.LongestEnded);
        (Open, OpenSince) = (next.Open, next.OpenSince);
    }
}
