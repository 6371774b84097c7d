using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>Which form of capture file the first bytes are.</summary>
internal static class FormDetection
{
    private const string Again = "It was cut or damaged; copy it again from where it was captured.";

    /// <param name="buffer">At the file's first byte; stands at the first record afterwards.</param>
    /// <param name="start">What is in it: all of a short file.</param>
    /// <param name="path">How messages call the file.</param>
    /// <param name="compressed">Whether it was packed.</param>
    /// <param name="form">The form it is said to have.</param>
    /// <exception cref="CaptureException">It is none that is read, or not the one it is said to be.</exception>
    public static RecordDecoder Decoder(RefillBuffer buffer, ReadOnlySpan<byte> start, string path, bool compressed, CaptureForm form)
    {
        if (start.Length < FileHeader.Size && buffer.Breakage is { } breakage)
            throw new CaptureException(CaptureProblemKind.Unreadable, path, $"{path} {breakage}, before the end of the file header. {Again}", 0);
        if (form == CaptureForm.Automatic)
            form = Detect(start, path);
        switch (form)
        {
            case CaptureForm.Pcapng when start.Length >= 12 && BinaryPrimitives.ReadUInt32LittleEndian(start) == PcapngDecoder.Section:
                return new PcapngDecoder(buffer, path, compressed);
            case CaptureForm.Pcapng when start.Length >= 12:
                throw new CaptureException(CaptureProblemKind.Unreadable, path, $"{path} does not begin with a pcapng section. Leave its format to be detected.", 0);
            case CaptureForm.Mscap:
                return new MscapDecoder(buffer, path, new CaptureFormat(true, false, 4, LinkType.MoonsniffId, compressed) { Form = CaptureForm.Mscap });
            default:
                var format = FileHeader.Parse(start, path, compressed);
                buffer.Skip(FileHeader.Size);
                return new PcapDecoder(buffer, path, form == CaptureForm.Pcap ? format : WithTrailer(format, start, form));
        }
    }

    private static CaptureForm Detect(ReadOnlySpan<byte> start, string path)
    {
        if (start.Length >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(start) == PcapngDecoder.Section)
            return CaptureForm.Pcapng;
        if (FileHeader.HasMagic(start))
            return CaptureForm.Automatic;

        var name = path.EndsWith(".zst", StringComparison.Ordinal) ? path[..^4] : path;
        var named = name.EndsWith(".mscap", StringComparison.Ordinal) && start.Length >= MscapDecoder.Size;
        return named || UnreadableFormat.IsMoonsniff(start) ? CaptureForm.Mscap : CaptureForm.Automatic;
    }

    /// <summary>Whether the packets end with the time that their record header gives in microseconds, all that are at hand.</summary>
    private static CaptureFormat WithTrailer(CaptureFormat format, ReadOnlySpan<byte> start, CaptureForm form)
    {
        const int few = 3;
        if (format.Nanoseconds || format.BigEndian || format.LinkType != LinkType.Ethernet)
            return format;

        var packets = 0;
        for (var rest = start[FileHeader.Size..]; rest.Length >= RecordHeader.Size; packets++)
        {
            var record = RecordHeader.Read(rest, bigEndian: false);
            var size = RecordHeader.Size + (long)record.Captured;
            if (size > rest.Length)
                break;
            if (form != CaptureForm.TrailingPcap && (record.Captured < 22 || !AgreesWithTrailer(record, rest[RecordHeader.Size..(int)size])))
                return format;
            rest = rest[(int)size..];
        }

        return packets >= few || form == CaptureForm.TrailingPcap ? format with { Nanoseconds = false, Form = CaptureForm.TrailingPcap } : format;
    }

    private static bool AgreesWithTrailer(in RecordHeader record, ReadOnlySpan<byte> packet) =>
        BinaryPrimitives.ReadUInt32LittleEndian(packet[^8..]) < 1_000_000_000
        && Math.Abs(PcapDecoder.TrailingTime(packet) - record.Timestamp(nanoseconds: false)) <= 2_000;
}
