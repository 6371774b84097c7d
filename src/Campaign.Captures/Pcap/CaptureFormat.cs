namespace Campaign.Captures.Pcap;

/// <summary>What a capture's file header says.</summary>
/// <param name="Nanoseconds">Whether timestamps count nanoseconds (or a finer fraction); otherwise microseconds.</param>
/// <param name="BigEndian">Byte order of all header fields.</param>
/// <param name="SnapLength">The most bytes of a packet that were kept.</param>
/// <param name="LinkType">What the packets begin with.</param>
/// <param name="Compressed">Whether the file was packed with zstd.</param>
public sealed record CaptureFormat(bool Nanoseconds, bool BigEndian, int SnapLength, LinkType LinkType, bool Compressed)
{
    /// <summary>The form of the file.</summary>
    public CaptureForm Form { get; init; } = CaptureForm.Pcap;

    /// <summary>For people: <c>pcap, nanoseconds, little-endian, Ethernet</c>; with <c>, zstd</c> when compressed.</summary>
    public override string ToString() => Form switch
    {
        CaptureForm.Pcapng => $"pcapng, {(BigEndian ? "big" : "little")}-endian, {LinkTypes.Name(LinkType)}",
        CaptureForm.Mscap => "mscap, nanoseconds, little-endian, ids",
        CaptureForm.TrailingPcap => "pcap, nanoseconds behind each packet, little-endian, Ethernet",
        _ => $"pcap, {(Nanoseconds ? "nanoseconds" : "microseconds")}, {(BigEndian ? "big" : "little")}-endian, {LinkTypes.Name(LinkType)}",
    } + (Compressed ? ", zstd" : "");
}
