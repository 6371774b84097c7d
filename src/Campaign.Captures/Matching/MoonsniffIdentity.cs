using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>MoonSniff's generator writes a 32-bit id (little-endian) at the start of the UDP payload and behind it the marker 0x55.</summary>
internal sealed class MoonsniffIdentity : IdentityRule
{
    private const byte Marker = 0x55;

    public override string Name => "moonsniff";

    public override int KeyLength => 4;

    public override int Identify(in Packet packet, Span<byte> key)
    {
        if (!FrameLayout.TryFindUdpPayload(packet, out var payload) || payload.Length < 5 || payload[4] != Marker)
            return 0;

        payload[..4].CopyTo(key);
        return 4;
    }
}
