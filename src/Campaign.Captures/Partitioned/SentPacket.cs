namespace Campaign.Captures.Partitioned;

/// <summary>An identity seen before the device, and what became of it.</summary>
internal struct SentPacket
{
    /// <summary>In the capture; of the first sighting.</summary>
    public long Place;

    /// <summary>Nanoseconds; of the first sighting.</summary>
    public long Sent;

    /// <summary>Nanoseconds; of the arrival that counts, or of one outside the window. Meaningful unless lost or repeated.</summary>
    public long Arrived;

    public Fate Fate;

    public readonly long Latency => Arrived - Sent;
}

/// <summary>What became of a packet that was sent.</summary>
internal enum Fate : byte
{
    Lost,
    Matched,
    OutsideWindow,

    /// <summary>Seen more than once before the device: nobody can say which of them arrived.</summary>
    Repeated,
}
