namespace Campaign.Captures.Spilling;

/// <summary>Records of one size on disk, written one after another and then read in that order. The file has no name: it is gone with the process, however that ends.</summary>
/// <param name="folder">Decides the file system that it takes room on.</param>
/// <param name="recordSize">Bytes of a record.</param>
/// <exception cref="IOException">From every member: the storage is full or failed.</exception>
internal sealed class SpillFile(string folder, int recordSize) : IDisposable
{
    private const int Room = 1 << 15;

    private readonly FileStream _file = Open(folder);
    private readonly int _bufferSize = Room / recordSize * recordSize;
    private byte[] _buffer = [];
    private int _position;
    private int _end;
    private long _offset;

    /// <summary>How many records there are.</summary>
    public long Count { get; private set; }

    /// <summary>A new record at the end, to be filled before the next one.</summary>
    public Span<byte> Append()
    {
        if (_position == _buffer.Length)
            Flush();
        Count++;
        _position += recordSize;
        return _buffer.AsSpan(_position - recordSize, recordSize);
    }

    /// <summary>From now on records are read, from the first.</summary>
    public void Rewind()
    {
        if (_end == 0 && _position > 0)
            Flush();
        (_position, _end, _offset) = (0, 0, 0);
    }

    /// <summary>The record that is due; the same until <see cref="Skip"/>. At the end it is empty, and no memory is held any more.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_position == _end)
            Refill();
        return _buffer.AsSpan(_position, Math.Min(recordSize, _end - _position));
    }

    /// <summary>The record that is due was taken.</summary>
    public void Skip() => _position += recordSize;

    public void Dispose() => _file.Dispose();

    private static FileStream Open(string folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var path = Path.Combine(folder, $"campaign-spill-{Guid.NewGuid():n}");
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    private void Flush()
    {
        if (_buffer.Length == 0)
            _buffer = GC.AllocateUninitializedArray<byte>(_bufferSize);
        RandomAccess.Write(_file.SafeFileHandle, _buffer.AsSpan(0, _position), _offset);
        (_offset, _position) = (_offset + _position, 0);
    }

    private void Refill()
    {
        if (_buffer.Length == 0)
            _buffer = GC.AllocateUninitializedArray<byte>(_bufferSize);
        (_position, _end) = (0, 0);
        for (int read; _end < _buffer.Length && (read = RandomAccess.Read(_file.SafeFileHandle, _buffer.AsSpan(_end), _offset)) > 0; _offset += read)
            _end += read;
        if (_end == 0)
            _buffer = [];
    }
}
