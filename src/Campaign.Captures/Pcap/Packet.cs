namespace Campaign.Captures;

/// <summary>One captured packet; valid until the next one is read.</summary>
public readonly ref struct Packet
{
    internal Packet(long timestamp, ReadOnlySpan<byte> captured, int length, bool ethernet)
    {
        Timestamp = timestamp;
        Captured = captured;
        Length = length;
        Ethernet = ethernet;
    }

    /// <summary>Nanoseconds since the epoch of the capture's clock.</summary>
    public long Timestamp { get; }

    /// <summary>The bytes that were captured, from the link layer on.</summary>
    public ReadOnlySpan<byte> Captured { get; }

    /// <summary>Bytes that the packet had on the wire.</summary>
    public int Length { get; }

    /// <summary>Whether the bytes begin with an Ethernet header; otherwise with an IP header.</summary>
    public bool Ethernet { get; }
}
