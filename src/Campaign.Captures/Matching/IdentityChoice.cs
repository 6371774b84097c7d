using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>Which rule fits a pair of captures.</summary>
internal static class IdentityChoice
{
    public static IdentityRule For(EvaluationOptions options, CaptureReader pre, CaptureReader post) => options.Identity switch
    {
        PacketIdentity.Hvnet => new HvnetIdentity(),
        PacketIdentity.Moonsniff => new MoonsniffIdentity(),
        PacketIdentity.Flows => new FlowIdentity(),
        PacketIdentity.Bytes => new ByteRangeIdentity(options.Bytes ?? throw new CaptureException("The identity is to be a range of bytes, and none is named. Name one, such as payload:0+8.")),
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
