namespace Campaign.Captures.Matching;

/// <summary>The longest run of like packets, and the run that is open at the end.</summary>
internal sealed class RunLength
{
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
        LongestEnded = Longest;
        Open = 0;
    }
}
