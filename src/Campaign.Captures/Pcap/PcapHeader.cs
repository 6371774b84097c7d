using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>The 24 bytes at the start of a pcap file.</summary>
/// <param name="BigEndian">Byte order of all that follows.</param>
/// <param name="FractionNanoseconds">Nanoseconds that one unit of a record's fraction of a second stands for: 1 or 1000.</param>
/// <param name="SnapLength">Most bytes of a packet that were captured.</param>
/// <param name="LinkType">1: Ethernet, 101: raw IP.</param>
internal readonly record struct PcapHeader(bool BigEndian, int FractionNanoseconds, uint SnapLength, int LinkType)
{
    public const int Size = 24;
    public const int Ethernet = 1;
    public const int RawIp = 101;

    private const uint LargestSnapLength = 0x40000;
    private const uint Microseconds = 0xA1B2C3D4;
    private const uint Nanoseconds = 0xA1B23C4D;

    /// <summary>For people.</summary>
    public string Description =>
        $"pcap, {(FractionNanoseconds == 1 ? "nanoseconds" : "microseconds")}, {(BigEndian ? "big" : "little")}-endian, {(LinkType == Ethernet ? "Ethernet" : "raw IP")}";

    /// <summary>Whether these bytes could begin a pcap file.</summary>
    public static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes.Length >= 4
        && (BinaryPrimitives.ReadUInt32LittleEndian(bytes) is Microseconds or Nanoseconds || BinaryPrimitives.ReadUInt32BigEndian(bytes) is Microseconds or Nanoseconds);

    /// <exception cref="CaptureException">The file is no pcap that can be read; the message says what it is.</exception>
    public static PcapHeader Read(string path, ReadOnlySpan<byte> bytes)
    {
        if (!IsMagic(bytes))
        {
            throw new CaptureException(ForeignFile.Describe(path, bytes));
        }

        if (bytes.Length < Size)
        {
            throw new CaptureException($"{path} breaks off within its file header: it has {bytes.Length} of {Size} bytes. Copy it again from where it was captured.");
        }

        var big = BinaryPrimitives.ReadUInt32BigEndian(bytes) is Microseconds or Nanoseconds;
        uint Word(ReadOnlySpan<byte> at) => big ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);
        ushort Half(ReadOnlySpan<byte> at) => big ? BinaryPrimitives.ReadUInt16BigEndian(at) : BinaryPrimitives.ReadUInt16LittleEndian(at);
        var header = new PcapHeader(big, Word(bytes) == Nanoseconds ? 1 : 1000, Word(bytes[16..]), (int)Math.Min(int.MaxValue, Word(bytes[20..])));
        header.Check(path, Half(bytes[4..]), Half(bytes[6..]), Word(bytes[8..]), Word(bytes[12..]));
        return header;
    }

    private void Check(string path, int major, int minor, uint zone, uint accuracy)
    {
        var wrong = this switch
        {
            _ when (major, minor) != (2, 4) => $"it says version {major}.{minor}, but there is only 2.4",
            _ when zone != 0 || accuracy != 0 => $"its time zone and accuracy fields are {zone} and {accuracy} instead of 0",
            { SnapLength: 0 or > LargestSnapLength } => $"it says that up to {SnapLength} bytes of a packet were captured",
            { LinkType: not (Ethernet or RawIp) } => $"its link type is {LinkType}; Ethernet (1) and raw IP (101) can be read",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new CaptureException($"{path}: the file header is damaged or of a kind that cannot be read: {wrong}.");
        }
    }
}
