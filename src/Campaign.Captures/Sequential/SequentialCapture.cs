using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;
using Microsoft.Win32.SafeHandles;

namespace Campaign.Captures.Sequential;

/// <summary>A capture file whose records can be read by offset: a plain pcap in nanoseconds and in this machine's byte order, of UDP packets with ids.</summary>
internal sealed class SequentialCapture : IDisposable
{
    private SequentialCapture(string path, SafeFileHandle file, long length, CaptureFormat format, RecordTemplate template, byte[] firstRecord, long first, uint firstId)
    {
        Path = path;
        File = file;
        Length = length;
        Format = format;
        Template = template;
        FirstRecord = firstRecord;
        First = first;
        FirstId = firstId;
    }

    public string Path { get; }

    public SafeFileHandle File { get; }

    /// <summary>Bytes when it was opened; what is appended later is not read.</summary>
    public long Length { get; }

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
        if (!BitConverter.IsLittleEndian || path == CaptureSource.StandardInput || !System.IO.File.Exists(path))
            return null;

        SafeFileHandle? file = null;
        try
        {
            file = System.IO.File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var capture = TryRead(path, file, growing);
            if (capture is null)
                file.Dispose();
            return capture;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException or CaptureException)
        {
            file?.Dispose();
            return null;
        }
    }

    public CaptureReader Preview() => CaptureReader.Open(new MemoryStream(Start), Path);

    public void Dispose() => File.Dispose();

    private static SequentialCapture? TryRead(string path, SafeFileHandle file, bool growing)
    {
        var length = RandomAccess.GetLength(file);
        var start = new byte[FileHeader.Size + CaptureReader.Previewed];
        var read = RandomAccess.Read(file, start, 0);
        if (read < FileHeader.Size + RecordHeader.Size)
            return null;

        Array.Resize(ref start, read);
        using var preview = CaptureReader.Open(new MemoryStream(start), path);
        if (preview.Format is not { Form: CaptureForm.Pcap, Nanoseconds: true, BigEndian: false, Compressed: false } || !preview.TryRead(out var packet)
            || !MoonsniffIdentity.TryRead(packet, out var id) || RecordTemplate.Of(packet) is not { } template)
            return null;
        return new SequentialCapture(path, file, length, preview.Format, template, start[FileHeader.Size..(FileHeader.Size + template.Stride)], packet.Timestamp, id)
        {
            Start = start,
            Growing = growing,
        };
    }
}
