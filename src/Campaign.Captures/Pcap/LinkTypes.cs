namespace Campaign.Captures.Pcap;

/// <summary>Numbers and names of what packets begin with.</summary>
internal static class LinkTypes
{
    /// <summary>What is read, for messages.</summary>
    public const string Read = "Ethernet (1), raw IP (101, 228, 229) and Linux cooked (113, 276) are read";

    /// <summary>The kind of link that a file's number means; null when its packets are not read.</summary>
    public static LinkType? Of(uint number) => number switch
    {
        (uint)LinkType.Ethernet => LinkType.Ethernet,
        (uint)LinkType.RawIp or 228 or 229 => LinkType.RawIp,
        (uint)LinkType.LinuxCooked => LinkType.LinuxCooked,
        (uint)LinkType.LinuxCooked2 => LinkType.LinuxCooked2,
        _ => null,
    };

    public static string Name(LinkType link) => link switch
    {
        LinkType.Ethernet => "Ethernet",
        LinkType.RawIp => "raw IP",
        LinkType.MoonsniffId => "ids",
        _ => "Linux cooked",
    };
}
