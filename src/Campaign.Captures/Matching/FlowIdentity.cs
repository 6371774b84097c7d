using System.Buffers.Binary;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>HVNet's flows: each counts its ids from 0, and the ports say which flow it is.</summary>
internal sealed class FlowIdentity : IdentityRule
{
    private const byte Marker = 0x55;

    public override string Name => "flows";

    /// <summary>Id, source port, destination port.</summary>
    public override int KeyLength => 8;

    public override bool HasFlows => true;

    public override uint FlowOf(ReadOnlySpan<byte> key) => BinaryPrimitives.ReadUInt32BigEndian(key[4..]);

    public override int Identify(in Packet packet, Span<byte> key)
    {
        if (!FrameLayout.TryFindPayload(packet, out var payload, out var ports) || payload.Length < 5 || payload[4] != Marker)
            return 0;

        payload[..4].CopyTo(key);
        ports.CopyTo(key[4..]);
        return KeyLength;
    }
}
