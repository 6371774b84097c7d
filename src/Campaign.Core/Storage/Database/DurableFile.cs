using Microsoft.Win32.SafeHandles;

namespace Campaign.Storage.Database;

/// <summary>
/// A file of a database that survives a power failure (LiteDB's own commits never fsync), and which takes nothing more once a write has failed: LiteDB
/// tidies up when it is closed, and must not touch what a full disk has left half done.
/// </summary>
/// <remarks>
/// The order is that of any write-ahead log: the whole log is on disk before the data changes (<paramref name="log"/>), and the data is on disk, by its flush, before
/// LiteDB empties the log. LiteDB flushes its log after every page; only the last of these matters, so that it is left to the first change of the data: two fsyncs for a
/// commit with its checkpoint instead of some dozens.
/// </remarks>
/// <param name="path">Created when it is missing.</param>
/// <param name="log">The log of this data file; null when this is the log.</param>
internal sealed class DurableFile(string path, DurableFile? log = null) : Stream
{
    private readonly SafeFileHandle _handle =
        File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);

    private bool _dirty;

    /// <summary>The first write that failed; null as long as all is well.</summary>
    public IOException? Failure { get; private set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => RandomAccess.GetLength(_handle);

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_handle, buffer, Position);
        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        ThrowIfFailed();
        log?.Sync();
        try
        {
            _dirty = true;
            RandomAccess.Write(_handle, buffer, Position);
            Position += buffer.Length;
        }
        catch (Exception e) when (e is IOException or ArgumentOutOfRangeException)
        {
            // .NET calls a file that the system will not let grow any more an argument out of range.
            Failure = e as IOException ?? new IOException("The file cannot grow any more", e);
            throw Failure;
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void SetLength(long value)
    {
        ThrowIfFailed();
        log?.Sync();
        _dirty = true;
        RandomAccess.SetLength(_handle, value);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
        if (log is not null)
        {
            Sync();
        }
    }

    protected override void Dispose(bool disposing)
    {
        _handle.Dispose();
        base.Dispose(disposing);
    }

    private void Sync()
    {
        ThrowIfFailed();
        if (_dirty)
        {
            RandomAccess.FlushToDisk(_handle);
            _dirty = false;
        }
    }

    private void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            throw new IOException(Failure.Message, Failure);
        }
    }
}
