using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>Which rule fits a pair of captures.</summary>
internal static class IdentityChoice
{
    public static IdentityRule For(PacketIdentity wanted, CaptureReader pre, CaptureReader post) => wanted switch
    {
        PacketIdentity.Hvnet => new HvnetIdentity(),
        PacketIdentity.Moonsniff => new MoonsniffIdentity(),
        _ => CarriesIds(pre.Preview(), once: true) && CarriesIds(post.Preview(), once: false) ? new MoonsniffIdentity() : new HvnetIdentity(),
    };

    /// <summary>Every packet has an id of its own; generators that count each flow from 0 repeat theirs, which only HVNet's key tells apart.</summary>
    /// <param name="packets">The first of a capture; closed.</param>
    /// <param name="once">Whether no id may occur again: behind the device, one may have been doubled.</param>
    public static bool CarriesIds(CaptureReader packets, bool once)
    {
        using var preview = packets;
        var seen = new HashSet<uint>();
        while (preview.TryRead(out var packet))
        {
            if (!MoonsniffIdentity.TryRead(packet, out var id) || (!seen.Add(id) && once))
                return false;
        }

        return seen.Count > 0;
    }
}
