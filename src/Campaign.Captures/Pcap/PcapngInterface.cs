using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>What a pcapng file says about an interface: link, resolution and offset of its clock.</summary>
internal sealed class PcapngInterface
{
    private const int ResolutionOption = 9;
    private const int OffsetOption = 14;
    private const long Billion = 1_000_000_000;

    private readonly UInt128 _ticksPerSecond;
    private readonly long _offset;

    private PcapngInterface(LinkType? linkType, UInt128 ticksPerSecond, long offset)
    {
        LinkType = linkType;
        _ticksPerSecond = ticksPerSecond;
        _offset = offset;
    }

    /// <summary>Null when packets of that kind are not read.</summary>
    public LinkType? LinkType { get; }

    /// <summary>Reads the options behind an interface description.</summary>
    /// <param name="linkType">From the description.</param>
    /// <param name="options">Code, length, value, padded to 4 bytes each.</param>
    /// <param name="bigEndian">Byte order.</param>
    /// <returns>Null when the clock is finer than 10^-18 or 2^-63 s.</returns>
    public static PcapngInterface? Read(LinkType? linkType, ReadOnlySpan<byte> options, bool bigEndian)
    {
        var (ticks, offset) = ((UInt128)1_000_000, 0L);
        while (options.Length >= 4)
        {
            var code = Read16(options, bigEndian);
            var length = Read16(options[2..], bigEndian);
            options = options[4..];
            if (code == 0 || length > options.Length)
                break;
            if (code == ResolutionOption && length >= 1 && !TryReadResolution(options[0], out ticks))
                return null;
            if (code == OffsetOption && length >= 8)
                offset = bigEndian ? BinaryPrimitives.ReadInt64BigEndian(options) : BinaryPrimitives.ReadInt64LittleEndian(options);
            options = options[Math.Min(options.Length, (length + 3) & ~3)..];
        }

        return new PcapngInterface(linkType, ticks, offset);
    }

    /// <summary>Nanoseconds since the epoch; what is finer is cut off.</summary>
    /// <returns>False when a pcap record could not say that time.</returns>
    public bool TryGetTime(ulong ticks, out long nanoseconds)
    {
        var time = (Int128)(ticks * (UInt128)Billion / _ticksPerSecond) + (Int128)_offset * Billion;
        var fits = time >= 0 && time < (Int128)uint.MaxValue * Billion;
        nanoseconds = fits ? (long)time : 0;
        return fits;
    }

    private static bool TryReadResolution(byte value, out UInt128 ticksPerSecond)
    {
        var exponent = value & 0x7F;
        ticksPerSecond = 1;
        if (exponent > (value < 0x80 ? 18 : 63))
            return false;
        for (var power = 0; power < exponent; power++)
            ticksPerSecond *= value < 0x80 ? 10u : 2u;
        return true;
    }

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);
}
