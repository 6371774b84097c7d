using System.Buffers.Binary;
using System.Numerics;

namespace Campaign.Captures.Pcap;

/// <summary>The 24 bytes that every pcap file begins with: magic, version 2.4, zone, accuracy, snap length, link type.</summary>
internal static class FileHeader
{
    public const int Size = 24;

    /// <summary>The most that libpcap ever keeps of a packet, and so the largest snap length and record.</summary>
    public const int MaximumSnapLength = 262_144;

    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>Reads the header at the start of <paramref name="start"/>.</summary>
    /// <param name="start">The first bytes of the file, as many as there are up to a few hundred.</param>
    /// <param name="path">How messages call the file.</param>
    /// <param name="compressed">Whether it was packed; kept for the summary.</param>
    /// <exception cref="CaptureException">It is no pcap header, or one that no capture tool writes; the message says which.</exception>
    public static CaptureFormat Parse(ReadOnlySpan<byte> start, string path, bool compressed)
    {
        if (!TryReadMagic(start, out var nanoseconds, out var bigEndian))
            throw Refusal(path, UnreadableFormat.Describe(start, path));
        if (start.Length < Size)
            throw Refusal(path, $"{path} ends within its file header, after {start.Length} of {Size} bytes. It was cut; copy it again from where it was captured.");

        var major = Read16(start[4..], bigEndian);
        var minor = Read16(start[6..], bigEndian);
        if (major != 2 || minor != 4)
            throw Damaged(path, 4, $"names version {major}.{minor} of the format; every capture tool writes 2.4");
        RequireZero(path, 8, "time zone offset", Read32(start[8..], bigEndian));
        RequireZero(path, 12, "timestamp accuracy", Read32(start[12..], bigEndian));
        var snapLength = Read32(start[16..], bigEndian);
        if (snapLength is 0 or > MaximumSnapLength)
            throw Damaged(path, 16, $"names a snap length of {snapLength} bytes; capture tools write 1 to {MaximumSnapLength}");
        return new CaptureFormat(nanoseconds, bigEndian, (int)snapLength, ParseLinkType(Read32(start[20..], bigEndian), path), compressed);
    }

    /// <summary>Whether a whole file header starts here: the mark of one capture appended to another.</summary>
    public static bool IsAt(ReadOnlySpan<byte> bytes) =>
        bytes.Length >= Size && TryReadMagic(bytes, out _, out var bigEndian)
        && Read16(bytes[4..], bigEndian) == 2 && Read16(bytes[6..], bigEndian) == 4 && Read32(bytes[8..], bigEndian) == 0;

    /// <summary>In how many bits the nearest mark of a file that is read differs from the first four bytes.</summary>
    public static int BitsFromMagic(uint littleEndian) =>
        new[] { Microseconds, Nanoseconds, BinaryPrimitives.ReverseEndianness(Microseconds), BinaryPrimitives.ReverseEndianness(Nanoseconds), CaptureSource.ZstdFrame }
            .Min(magic => BitOperations.PopCount(magic ^ littleEndian));

    /// <summary>Whether a pcap file begins here, if perhaps a damaged one.</summary>
    public static bool HasMagic(ReadOnlySpan<byte> start) => TryReadMagic(start, out _, out _);

    public static uint Read32(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt32LittleEndian(bytes);

    private static ushort Read16(ReadOnlySpan<byte> bytes, bool bigEndian) =>
        bigEndian ? BinaryPrimitives.ReadUInt16BigEndian(bytes) : BinaryPrimitives.ReadUInt16LittleEndian(bytes);

    private static bool TryReadMagic(ReadOnlySpan<byte> start, out bool nanoseconds, out bool bigEndian)
    {
        nanoseconds = bigEndian = false;
        if (start.Length < 4)
            return false;

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        bigEndian = (magic & 0xFF) == 0xA1;
        if (bigEndian)
            magic = BinaryPrimitives.ReverseEndianness(magic);
        nanoseconds = magic == Nanoseconds;
        return nanoseconds || magic == Microseconds;
    }

    private static void RequireZero(string path, int offset, string field, uint value)
    {
        if (value != 0)
            throw Damaged(path, offset, $"has {value} as {field}; every capture tool writes 0");
    }

    private static LinkType ParseLinkType(uint field, string path) => LinkTypes.Of(field) ?? throw (field > 0xFFFF
        ? Damaged(path, 20, $"has 0x{field:x8} as link type; the upper half is 0 in captures that are read")
        : Refusal(path, $"{path} has link type {field}, at byte 20 of the file header; {LinkTypes.Read}. "
            + "Capture on an Ethernet interface, or copy the file again if it was one.", 20));

    private static CaptureException Damaged(string path, int offset, string what) =>
        Refusal(path, $"The file header of {path} {what} (byte {offset}). It is damaged; copy it again from where it was captured.", offset);

    private static CaptureException Refusal(string path, string message, long offset = 0) =>
        new(CaptureProblemKind.Unreadable, path, message, offset);
}
