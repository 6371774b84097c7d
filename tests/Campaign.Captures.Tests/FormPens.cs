using System.Buffers.Binary;

namespace Campaign.Captures.Tests;

/// <summary>Writes sightings in the other forms of capture files, each with its own hand.</summary>
internal static class FormPens
{
    /// <summary>Two interfaces with clocks of their own, a name resolution block, options on packets.</summary>
    public static byte[] Pcapng(IEnumerable<Sighting> packets, bool bigEndian, byte resolution = 9, long offset = 0, Func<uint, byte[]>? frame = null, ushort link = 1)
    {
        var pen = new Blocks(bigEndian);
        pen.Block(0x0A0D0D0A, body =>
        {
            body.Write32(0x1A2B3C4D);
            body.Write16(1);
            body.Write16(0);
            body.Write64(ulong.MaxValue);
        });
        pen.Interface(link, resolution, offset);
        pen.Interface(link, resolution: 6, offset: 0);
        pen.Block(4, body => body.Write32(0));
        foreach (var packet in packets)
            pen.Packet(Ticks(packet.Time - offset * 1_000_000_000, resolution), (frame ?? CapturePen.Frame)(packet.Id));
        return [.. pen.Bytes];
    }

    /// <summary>MoonSniff's 12 bytes a packet, with the clock that wraps at 2^32.</summary>
    public static byte[] Mscap(IEnumerable<Sighting> packets, bool wraps)
    {
        var bytes = new List<byte>();
        foreach (var packet in packets)
        {
            bytes.AddRange(BitConverter.GetBytes(wraps ? (ulong)(uint)packet.Time : (ulong)packet.Time));
            bytes.AddRange(BitConverter.GetBytes(packet.Id));
        }

        return [.. bytes];
    }

    /// <summary>Microseconds in the record header, the time behind the packet.</summary>
    public static byte[] Trailing(IEnumerable<Sighting> packets)
    {
        var bytes = new List<byte>();
        foreach (var field in new uint[] { 0xA1B2C3D4, 0x0004_0002, 0, 0, 0x40000, 1 })
            bytes.AddRange(BitConverter.GetBytes(field));
        foreach (var packet in packets)
        {
            var (seconds, nanoseconds) = ((uint)(packet.Time / 1_000_000_000), (uint)(packet.Time % 1_000_000_000));
            foreach (var field in new[] { seconds, nanoseconds / 1000, 68u, 68u })
                bytes.AddRange(BitConverter.GetBytes(field));
            bytes.AddRange(CapturePen.Frame(packet.Id));
            bytes.AddRange(BitConverter.GetBytes(nanoseconds));
            bytes.AddRange(BitConverter.GetBytes(seconds));
        }

        return [.. bytes];
    }

    /// <summary>A nanosecond pcap of any frames.</summary>
    public static byte[] Pcap(IEnumerable<Sighting> packets, uint link, Func<uint, byte[]> frame, int snap = 65_535)
    {
        var bytes = new List<byte>();
        foreach (var field in new uint[] { 0xA1B23C4D, 0x0004_0002, 0, 0, (uint)snap, link })
            bytes.AddRange(BitConverter.GetBytes(field));
        foreach (var packet in packets)
        {
            var drawn = frame(packet.Id);
            var kept = Math.Min(snap, drawn.Length);
            foreach (var field in new[] { (uint)(packet.Time / 1_000_000_000), (uint)(packet.Time % 1_000_000_000), (uint)kept, (uint)drawn.Length })
                bytes.AddRange(BitConverter.GetBytes(field));
            bytes.AddRange(drawn[..kept]);
        }

        return [.. bytes];
    }

    /// <summary>The usual frame with tags behind its addresses.</summary>
    public static byte[] Tagged(uint id, params ushort[] types)
    {
        var frame = CapturePen.Frame(id);
        return [.. frame[..12], .. types.SelectMany(type => new byte[] { (byte)(type >> 8), (byte)type, 0, (byte)(1 + id % 3) }), .. frame[12..]];
    }

    /// <summary>IPv6 with UDP, with a hop-by-hop header in front of it if wanted.</summary>
    public static byte[] IPv6(uint id, bool extended = false)
    {
        byte[] udp = [.. CapturePen.Frame(id).AsSpan(34)];
        byte[] extension = extended ? [17, 0, 1, 4, 0, 0, 0, 0] : [];
        var ip = new byte[40];
        ip[0] = 0x60;
        BinaryPrimitives.WriteUInt16BigEndian(ip.AsSpan(4), (ushort)(udp.Length + extension.Length));
        ip[6] = (byte)(extended ? 0 : 17);
        return [.. CapturePen.Frame(id)[..12], 0x86, 0xDD, .. ip, .. extension, .. udp];
    }

    /// <summary>IPv4 with TCP and twelve bytes of options.</summary>
    public static byte[] Tcp(uint id)
    {
        var frame = CapturePen.Frame(id);
        var tcp = new byte[32];
        frame.AsSpan(34, 4).CopyTo(tcp);
        tcp[12] = 0x80;
        byte[] whole = [.. frame[..34], .. tcp, .. frame[42..]];
        BinaryPrimitives.WriteUInt16BigEndian(whole.AsSpan(16), (ushort)(whole.Length - 14));
        whole[23] = 6;
        return whole;
    }

    /// <summary>What the device <c>any</c> gives.</summary>
    public static byte[] Cooked(uint id, bool second)
    {
        var ip = CapturePen.Frame(id)[14..];
        return second ? [8, 0, 0, 0, 0, 0, 0, 2, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, .. ip] : [0, 0, 0, 1, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 8, 0, .. ip];
    }

    private static ulong Ticks(long nanoseconds, byte resolution) => resolution switch
    {
        9 => (ulong)nanoseconds,
        12 => (ulong)nanoseconds * 1000,
        0x80 + 34 => (ulong)(((UInt128)nanoseconds << 34) / 1_000_000_000 + 1),
        _ => throw new ArgumentOutOfRangeException(nameof(resolution)),
    };

    private sealed class Blocks(bool bigEndian)
    {
        public List<byte> Bytes { get; } = [];

        public void Interface(ushort link, byte resolution, long offset) => Block(1, body =>
        {
            body.Write16(link);
            body.Write16(0);
            body.Write32(0);
            body.Option(2, "eth0"u8.ToArray());
            body.Option(9, [resolution]);
            body.Option(14, bigEndian ? [.. BitConverter.GetBytes(offset).Reverse()] : BitConverter.GetBytes(offset));
            body.Option(0, []);
        });

        public void Packet(ulong ticks, byte[] frame) => Block(6, body =>
        {
            body.Write32(0);
            body.Write32((uint)(ticks >> 32));
            body.Write32((uint)ticks);
            body.Write32((uint)frame.Length);
            body.Write32((uint)frame.Length);
            body.Pad(frame);
            body.Option(2, [0, 0, 0, 1]);
            body.Option(0, []);
        });

        public void Block(uint type, Action<Blocks> write)
        {
            var body = new Blocks(bigEndian);
            write(body);
            Write32(type);
            Write32((uint)body.Bytes.Count + 12);
            Bytes.AddRange(body.Bytes);
            Write32((uint)body.Bytes.Count + 12);
        }

        public void Write16(ushort value) => Add(BitConverter.GetBytes(value));

        public void Write32(uint value) => Add(BitConverter.GetBytes(value));

        public void Write64(ulong value) => Add(BitConverter.GetBytes(value));

        private void Option(ushort code, byte[] value)
        {
            Write16(code);
            Write16((ushort)value.Length);
            Pad(value);
        }

        private void Pad(byte[] value)
        {
            Bytes.AddRange(value);
            Bytes.AddRange(new byte[(4 - value.Length % 4) % 4]);
        }

        private void Add(byte[] littleEndian) => Bytes.AddRange(bigEndian ? littleEndian.Reverse() : littleEndian);
    }
}
