using Microsoft.Win32.SafeHandles;

namespace Campaign.Storage.Database;

/// <summary>
/// A file whose flush reaches the disk (LiteDB's own commits never fsync), and which takes nothing more once a write has failed: LiteDB writes its log in the
/// background and tidies up when it is closed, and neither may touch what a full disk has left half done.
/// </summary>
internal sealed class DurableFile(string path) : Stream
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
        _dirty = true;
        RandomAccess.SetLength(_handle, value);
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    /// <summary>Brings everything to the disk.</summary>
    public override void Flush()
    {
        ThrowIfFailed();
        if (_dirty)
        {
            RandomAccess.FlushToDisk(_handle);
            _dirty = false;
        }
    }

    protected override void Dispose(bool disposing)
    {
        _handle.Dispose();
        base.Dispose(disposing);
    }

    private void ThrowIfFailed()
    {
        if (Failure is not null)
        {
            throw new IOException(Failure.Message, Failure);
        }
    }
}
