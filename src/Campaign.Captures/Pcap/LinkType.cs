namespace Campaign.Captures.Pcap;

/// <summary>What a packet's bytes begin with; numbers as in the file.</summary>
public enum LinkType
{
    /// <summary>No packet: only its id, 4 bytes, as <c>.mscap</c> files keep it.</summary>
    MoonsniffId = -1,

    /// <summary>An Ethernet header, without preamble and usually without FCS.</summary>
    Ethernet = 1,

    /// <summary>An IPv4 or IPv6 header.</summary>
    RawIp = 101,

    /// <summary>Linux cooked header, 16 bytes: what is captured on the device <c>any</c>.</summary>
    LinuxCooked = 113,

    /// <summary>Linux cooked header, version 2, 20 bytes.</summary>
    LinuxCooked2 = 276,
}
