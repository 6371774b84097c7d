namespace Campaign.Captures.Pcap;

/// <summary>What a packet's bytes begin with; numbers as in the file.</summary>
public enum LinkType
{
    /// <summary>An Ethernet header, without preamble and usually without FCS.</summary>
    Ethernet = 1,

    /// <summary>An IPv4 or IPv6 header.</summary>
    RawIp = 101,
}
