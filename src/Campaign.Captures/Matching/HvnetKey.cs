using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Campaign.Captures.Matching;

/// <summary>
/// The key of HVNet's evaluation: the first 64 captured bytes without the MAC addresses; of IPv4 packets without options the IP checksum and the
/// UDP or TCP checksum are taken as zero. The TTL stays in it.
/// </summary>
internal readonly struct HvnetKey : IPacketKey<HvnetKey>
{
    private const int Window = 64;
    private const int MacAddresses = 12;
    private const byte Tcp = 6;
    private const byte Udp = 17;

    private readonly Bytes _bytes;
    private readonly byte _length;

    private HvnetKey(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_bytes);
        _length = (byte)bytes.Length;
    }

    public static string Name => "hvnet";

    public static bool TryRead(in Packet packet, out HvnetKey key)
    {
        Span<byte> header = stackalloc byte[Window];
        header.Clear();
        var captured = packet.Captured;
        if (packet.Ethernet)
        {
            captured = captured[..Math.Min(Window, captured.Length)];
            captured.CopyTo(header);
        }
        else
        {
            // Raw IP gets the type field that an Ethernet header would have, so that both link types give one key.
            captured = captured[..Math.Min(Window - 14, captured.Length)];
            BinaryPrimitives.WriteUInt16BigEndian(header[MacAddresses..], captured is [var version, ..] && version >> 4 == 6 ? (ushort)0x86DD : (ushort)0x0800);
            captured.CopyTo(header[14..]);
        }

        var length = captured.Length + (packet.Ethernet ? 0 : 14);
        if (length <= MacAddresses)
        {
            key = default;
            return false;
        }

        WithoutChecksums(header);
        key = new HvnetKey(header[MacAddresses..length]);
        return true;
    }

    public bool Equals(HvnetKey other) => _length == other._length && ((ReadOnlySpan<byte>)_bytes).SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is HvnetKey other && Equals(other);

    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(((ReadOnlySpan<byte>)_bytes)[.._length]);
        return hash.ToHashCode();
    }

    public string ToHex() => Convert.ToHexStringLower(((ReadOnlySpan<byte>)_bytes)[.._length]);

    private static void WithoutChecksums(Span<byte> header)
    {
        if (BinaryPrimitives.ReadUInt16BigEndian(header[12..]) != 0x0800 || header[14] != 0x45)
        {
            return;
        }

        header[24..26].Clear();
        switch (header[23])
        {
            case Udp:
                header[40..42].Clear();
                break;
            case Tcp:
                header[50..52].Clear();
                break;
        }
    }

    [InlineArray(Window - MacAddresses)]
    private struct Bytes
    {
        private byte _first;
    }
}
