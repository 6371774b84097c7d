namespace Campaign.Captures.Pcap;

/// <summary>One captured packet: a view into the reader's buffer, good until the next read.</summary>
public readonly ref struct Packet
{
    internal Packet(long timestamp, int originalLength, LinkType linkType, long offset, ReadOnlySpan<byte> bytes)
    {
        Timestamp = timestamp;
        OriginalLength = originalLength;
        LinkType = linkType;
        Offset = offset;
        Bytes = bytes;
    }

    /// <summary>Nanoseconds since the epoch of the capture's clock.</summary>
    public long Timestamp { get; }

    /// <summary>Bytes on the wire, of which <see cref="Bytes"/> may be only the first.</summary>
    public int OriginalLength { get; }

    /// <summary>What <see cref="Bytes"/> begins with.</summary>
    public LinkType LinkType { get; }

    /// <summary>Where the record's header begins in the (decompressed) file.</summary>
    public long Offset { get; }

    /// <summary>The captured bytes.</summary>
    public ReadOnlySpan<byte> Bytes { get; }
}
