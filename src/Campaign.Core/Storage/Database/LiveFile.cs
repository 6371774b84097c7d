using Microsoft.Win32.SafeHandles;

namespace Campaign.Storage.Database;

/// <summary>The database as it was at one generation, read from the live file: a read that a writer may have disturbed fails and gives nothing.</summary>
internal sealed class LiveFile : Stream
{
    // LiteDB's. What lies behind the last whole page was never acknowledged.
    private const int PageSize = 8192;

    private readonly SafeFileHandle _handle;
    private readonly Generation _generation;
    private readonly long _seen;

    /// <param name="path">The database.</param>
    /// <param name="generation">Shared with the writer.</param>
    /// <param name="seen">The even number at which the database is read.</param>
    public LiveFile(string path, Generation generation, long seen)
    {
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        _generation = generation;
        _seen = seen;
        var length = RandomAccess.GetLength(_handle);
        Length = length - (length % PageSize);
    }

    /// <summary>Whether the writer has gone on since.</summary>
    public bool Moved => _generation.Value != _seen;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length { get; }

    public override long Position { get; set; }

    /// <exception cref="IOException">The writer has gone on.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = RandomAccess.Read(_handle, buffer, Position);
        if (Moved)
        {
            throw new IOException("The database was changed while it was read.");
        }

        Position += read;
        return read;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => Length + offset,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        _handle.Dispose();
        base.Dispose(disposing);
    }
}
