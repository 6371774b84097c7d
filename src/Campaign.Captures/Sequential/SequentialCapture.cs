using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>A capture file whose records can be read by offset: a pcap in nanoseconds and in this machine's byte order, plain or packed, of UDP packets with ids.</summary>
internal sealed class SequentialCapture : IDisposable
{
    private SequentialCapture(string path, CaptureBytes bytes, CaptureFormat format, RecordTemplate template, byte[] firstRecord, long first, uint firstId)
    {
        Path = path;
        Bytes = bytes;
        Format = format;
        Template = template;
        FirstRecord = firstRecord;
        First = first;
        FirstId = firstId;
    }

    public string Path { get; }

    public CaptureBytes Bytes { get; }

    /// <inheritdoc cref="CaptureBytes.Length"/>
    public long Length => Bytes.Length;

    public CaptureFormat Format { get; }

    public RecordTemplate Template { get; }

    /// <summary>The first record with its header: what <see cref="Template"/> was made from.</summary>
    public byte[] FirstRecord { get; }

    /// <summary>Nanoseconds; timestamp of the first record.</summary>
    public long First { get; }

    /// <summary>Id of the first record.</summary>
    public uint FirstId { get; }

    /// <summary>The file header and the first records, by which the identity is chosen.</summary>
    public required byte[] Start { get; init; }

    /// <summary>Whether it is still being written, so that it may end within a record.</summary>
    public required bool Growing { get; init; }

    /// <summary>Opens it; null when it has another form, or is damaged at its beginning: whoever reads any capture says more about it.</summary>
    public static SequentialCapture? TryOpen(string path, bool growing)
    {
        if (!BitConverter.IsLittleEndian || path == CaptureSource.StandardInput || !File.Exists(path))
            return null;

        CaptureBytes? bytes = null;
        try
        {
            bytes = CaptureBytes.Open(path);
            var capture = TryRead(path, bytes, growing);
            if (capture is null)
                bytes.Dispose();
            return capture;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or CaptureException or NotSequentialException)
        {
            bytes?.Dispose();
            return null;
        }
    }

    public CaptureReader Preview() => CaptureReader.Open(new MemoryStream(Start), Path);

    public void Dispose() => Bytes.Dispose();

    private static SequentialCapture? TryRead(string path, CaptureBytes bytes, bool growing)
    {
        var start = new byte[FileHeader.Size + CaptureReader.Previewed];
        var length = 0;
        for (int read; length < start.Length && (read = bytes.Read(start.AsSpan(length), length)) > 0; length += read)
        {
        }

        if (length < FileHeader.Size + RecordHeader.Size || (growing && !bytes.IsRandomAccess))
            return null;

        Array.Resize(ref start, length);
        using var preview = CaptureReader.Open(new MemoryStream(start), path);
        if (preview.Format is not { Form: CaptureForm.Pcap, Nanoseconds: true, BigEndian: false, Compressed: false } || !preview.TryRead(out var packet)
            || !MoonsniffIdentity.TryRead(packet, out var id) || RecordTemplate.Of(packet) is not { } template)
            return null;

        var format = preview.Format with { Compressed = !bytes.IsRandomAccess };
        return new SequentialCapture(path, bytes, format, template, start[FileHeader.Size..(FileHeader.Size + template.Stride)], packet.Timestamp, id)
        {
            Start = start,
            Growing = growing,
        };
    }
}
