using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>pcap: a file header, then a header of 16 bytes in front of each packet.</summary>
internal sealed class PcapDecoder(RefillBuffer buffer, string path, CaptureFormat format) : RecordDecoder(buffer, path)
{
    /// <summary>Bytes of MoonGen's timestamp behind a packet: nanoseconds, then seconds.</summary>
    private const int Trailer = 8;

    private readonly RecordChecks _checks = new(path, format);
    private readonly bool _hasTrailer = format.Form == CaptureForm.TrailingPcap;

    public override CaptureFormat Format => format;

    protected override bool TryDecode(out Packet packet)
    {
        packet = default;
        var header = Buffer.Peek(RecordHeader.Size);
        if (header.Length < RecordHeader.Size)
            return header.Length > 0 && !header.ContainsAnyExcept((byte)0) ? EndAtZeros() : EndOrTruncation(header.Length, RecordHeader.Size);
        if (!header.ContainsAnyExcept((byte)0))
            return EndAtZeros();

        var record = RecordHeader.Read(header, format.BigEndian);
        if (FileHeader.IsAt(Buffer.Peek(FileHeader.Size)))
            return End(CaptureProblemKind.Appended, $"A second capture begins in {Path} at byte {Buffer.Position}: one was appended to another. Split the file there, or capture again into a new one.");
        if (_checks.Refuse(record) is { } reason)
            return EndCorrupt(reason);
        if (_hasTrailer && record.Captured <= Trailer)
            return EndCorrupt($"holds {record.Captured} bytes, not even the time behind a packet");

        var size = RecordHeader.Size + (int)record.Captured;
        var whole = Buffer.Peek(size);
        if (whole.Length < size)
            return EndWithin(whole.Length, size);

        packet = new Packet(record.Timestamp(format.Nanoseconds), (int)record.Original, format.LinkType, Buffer.Position, whole[RecordHeader.Size..]);
        if (_hasTrailer)
            packet = WithoutTrailer(packet);
        _checks.Observe(record, packet);
        Buffer.Skip(size);
        return true;
    }

    protected override IEnumerable<CaptureProblem> Found() => _checks.Problems();

    /// <summary>The time behind a packet, in nanoseconds.</summary>
    public static long TrailingTime(ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32LittleEndian(packet[^4..]) * 1_000_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(packet[^8..]);

    private static Packet WithoutTrailer(Packet packet) =>
        new(TrailingTime(packet.Bytes), packet.OriginalLength - Trailer, packet.LinkType, packet.Offset, packet.Bytes[..^Trailer]);
}
