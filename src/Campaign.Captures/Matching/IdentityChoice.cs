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
    /// <param name="packets">The first of a capture.</param>
    /// <param name="once">Whether no id may occur again: behind the device, one may have been doubled.</param>
    public static bool CarriesIds(PacketPreview packets, bool once)
    {
        var rule = new MoonsniffIdentity();
        Span<byte> key = stackalloc byte[rule.KeyLength];
        var seen = new HashSet<int>();
        while (packets.TryRead(out var packet))
        {
            if (rule.Identify(packet, key) == 0 || (!seen.Add(BitConverter.ToInt32(key)) && once))
                return false;
        }

        return seen.Count > 0;
    }
}
