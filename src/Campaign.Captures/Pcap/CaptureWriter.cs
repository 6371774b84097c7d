using System.Buffers;
using System.Buffers.Binary;

namespace Campaign.Captures.Pcap;

/// <summary>
/// Writes a nanosecond pcap (little-endian, version 2.4). The file is called <c>NAME.part</c> until <see cref="Complete"/>, so that a
/// half-written capture is never taken for a whole one; without it, disposing deletes what was written.
/// </summary>
public sealed class CaptureWriter : IDisposable
{
    private const int BufferSize = 1 << 18;

    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(BufferSize + FileHeader.MaximumSnapLength + RecordHeader.Size);
    private readonly FileStream _file;
    private readonly string _path;
    private readonly int _snapLength;
    private int _used;
    private bool _completed;

    /// <param name="path">Where the capture is when it is complete; a file of that name is replaced then.</param>
    /// <param name="snapLength">The most bytes of a packet that are kept, 1 to 262 144.</param>
    /// <param name="linkType">What the packets begin with.</param>
    /// <exception cref="IOException">The file cannot be created.</exception>
    public CaptureWriter(string path, int snapLength = FileHeader.MaximumSnapLength, LinkType linkType = LinkType.Ethernet)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(snapLength, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(snapLength, FileHeader.MaximumSnapLength);
        _path = path;
        _snapLength = snapLength;
        _file = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var header = _buffer.AsSpan(0, FileHeader.Size);
        header.Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header[4..], 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header[6..], 4);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], snapLength);
        BinaryPrimitives.WriteInt32LittleEndian(header[20..], (int)linkType);
        _used = FileHeader.Size;
    }

    /// <summary>Records written.</summary>
    public long Packets { get; private set; }

    /// <summary>Appends a packet; what is longer than the snap length is cut and the length on the wire kept.</summary>
    /// <param name="timestamp">Nanoseconds since the epoch of the capture's clock; at least 0 and below 2^32 s.</param>
    /// <param name="frame">The packet from its link header on; at least 1 byte.</param>
    /// <exception cref="IOException">The storage is full or failed.</exception>
    public void Write(long timestamp, ReadOnlySpan<byte> frame) => Write(timestamp, frame, frame.Length);

    /// <summary>Appends a packet of which only the beginning is at hand.</summary>
    /// <param name="timestamp">Nanoseconds since the epoch of the capture's clock; at least 0 and below 2^32 s.</param>
    /// <param name="frame">The packet's first bytes; at least 1.</param>
    /// <param name="length">Bytes of the packet on the wire; at least as many.</param>
    /// <exception cref="IOException">The storage is full or failed.</exception>
    public void Write(long timestamp, ReadOnlySpan<byte> frame, int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, frame.Length);
        ArgumentOutOfRangeException.ThrowIfNegative(timestamp);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(timestamp / 1_000_000_000, uint.MaxValue);
        ArgumentOutOfRangeException.ThrowIfZero(frame.Length);
        var captured = Math.Min(frame.Length, _snapLength);
        var record = _buffer.AsSpan(_used, RecordHeader.Size + captured);
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)(timestamp / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(record[4..], (uint)(timestamp % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(record[8..], captured);
        BinaryPrimitives.WriteInt32LittleEndian(record[12..], length);
        frame[..captured].CopyTo(record[RecordHeader.Size..]);
        _used += record.Length;
        Packets++;
        if (_used >= BufferSize)
            Flush();
    }

    /// <summary>Writes everything to the disk and gives the file its name.</summary>
    /// <exception cref="IOException">The storage is full or failed; the capture does not exist then.</exception>
    public void Complete()
    {
        Flush();
        _file.Flush(flushToDisk: true);
        _file.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
        _completed = true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_used < 0)
            return;

        _used = -1;
        ArrayPool<byte>.Shared.Return(_buffer);
        _file.Dispose();
        if (!_completed)
            File.Delete(_path + ".part");
    }

    private void Flush()
    {
        _file.Write(_buffer, 0, _used);
        _used = 0;
    }
}
