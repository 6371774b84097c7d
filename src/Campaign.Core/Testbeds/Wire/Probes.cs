namespace Campaign.Testbeds.Wire;

/// <summary>What arrives at a tap: whole frames from a device under test with NICs, or UDP payloads over loopback, for which the frame is composed.</summary>
/// <param name="carry"><see cref="Frames"/> or <see cref="Payloads"/>.</param>
/// <param name="frame">The frame of this recording.</param>
internal sealed class Probes(string carry, ProbeFrame frame)
{
    public const string Frames = "frames";
    public const string Payloads = "payloads";

    private readonly bool _whole = carry == Frames;

    /// <summary>Bytes of a frame on the cable, without its check sequence.</summary>
    public int Length => frame.Length;

    /// <param name="packet">What was received.</param>
    /// <param name="captured">What is kept of the frame, valid until the next call.</param>
    /// <returns>Whether it is a packet of this recording.</returns>
    public bool TryCapture(ReadOnlySpan<byte> packet, out ReadOnlySpan<byte> captured)
    {
        captured = default;
        if (_whole && packet.Length != frame.Length)
            return false;

        var payload = _whole ? packet[ProbeFrame.PayloadAt..] : packet;
        if (!ProbePayload.TryRead(payload, frame.PayloadLength, out var sequence))
            return false;

        captured = _whole ? packet[..frame.Kept] : frame.Compose(sequence, payload);
        return true;
    }
}
