namespace Campaign.Captures.Pcap;

/// <summary>Forms of capture files. Each may be packed with zstd.</summary>
public enum CaptureForm
{
    /// <summary>Found out from the first bytes; <see cref="Mscap"/>, which has no mark, also by the file's name.</summary>
    Automatic,

    /// <summary>pcap, in any of its four magics.</summary>
    Pcap,

    /// <summary>pcap next generation: blocks, several interfaces.</summary>
    Pcapng,

    /// <summary>MoonSniff's 12 bytes a packet: time and id. The clock wraps at 2^32 ns.</summary>
    Mscap,

    /// <summary>pcap of upstream MoonSniff's <c>--capture</c>: microseconds in the record header, the true time in the last 8 bytes of the packet.</summary>
    TrailingPcap,
}
