using System.Buffers.Binary;
using Campaign.Captures.Pcap;
using Campaign.Testing;

namespace Campaign.Captures.Tests;

/// <summary>Writes a capture into memory, in any of the four magics and both link types, with its own hand: not by the writer under test.</summary>
internal sealed class CapturePen(bool nanoseconds = true, bool bigEndian = false, LinkType linkType = LinkType.Ethernet, int snapLength = 65_535)
{
    private readonly List<byte> _bytes = [];

    /// <summary>The whole capture: file header, then a record for each packet.</summary>
    public byte[] Draw(IEnumerable<Sighting> packets)
    {
        _bytes.Clear();
        WriteFileHeader();
        foreach (var packet in packets)
            WriteRecord(packet.Time, Frame(packet.Id));
        return [.. _bytes];
    }

    /// <summary>64 bytes on the wire, without FCS; MoonSniff's id and marker in the payload.</summary>
    public static byte[] Frame(uint id)
    {
        var frame = new byte[60];
        var payload = new byte[18];
        BinaryPrimitives.WriteUInt32LittleEndian(payload, id);
        payload[4] = 0x55;
        UdpFrame.Flow.Compose(frame, (ushort)id, payload);
        return frame;
    }

    private void WriteFileHeader()
    {
        Write32(nanoseconds ? 0xA1B23C4D : 0xA1B2C3D4);
        Write16(2);
        Write16(4);
        Write32(0);
        Write32(0);
        Write32((uint)snapLength);
        Write32((uint)linkType);
    }

    private void WriteRecord(long time, ReadOnlySpan<byte> frame)
    {
        var packet = linkType == LinkType.Ethernet ? frame : frame[14..];
        Write32((uint)(time / 1_000_000_000));
        Write32((uint)(time % 1_000_000_000 / (nanoseconds ? 1 : 1000)));
        Write32((uint)Math.Min(packet.Length, snapLength));
        Write32((uint)packet.Length);
        _bytes.AddRange(packet[..Math.Min(packet.Length, snapLength)]);
    }

    private void Write32(uint value) => Write(BitConverter.GetBytes(value));

    private void Write16(ushort value) => Write(BitConverter.GetBytes(value));

    private void Write(byte[] littleEndian)
    {
        if (bigEndian)
            Array.Reverse(littleEndian);
        _bytes.AddRange(littleEndian);
    }
}

/// <summary>A packet seen at a tap.</summary>
internal readonly record struct Sighting(uint Id, long Time);
