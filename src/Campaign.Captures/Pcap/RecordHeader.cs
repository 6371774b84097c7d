namespace Campaign.Captures.Pcap;

/// <summary>The 16 bytes in front of every packet.</summary>
/// <param name="Seconds">Since the epoch of the capture's clock.</param>
/// <param name="Fraction">Nanoseconds or microseconds, as the file header says.</param>
/// <param name="Captured">Bytes of the packet in the file.</param>
/// <param name="Original">Bytes of the packet on the wire.</param>
internal readonly record struct RecordHeader(uint Seconds, uint Fraction, uint Captured, uint Original)
{
    public const int Size = 16;

    public static RecordHeader Read(ReadOnlySpan<byte> bytes, bool bigEndian) => new(
        FileHeader.Read32(bytes, bigEndian),
        FileHeader.Read32(bytes[4..], bigEndian),
        FileHeader.Read32(bytes[8..], bigEndian),
        FileHeader.Read32(bytes[12..], bigEndian));

    /// <summary>Nanoseconds since the epoch of the capture's clock.</summary>
    public long Timestamp(bool nanoseconds) => Seconds * 1_000_000_000L + Fraction * (nanoseconds ? 1L : 1000L);
}
