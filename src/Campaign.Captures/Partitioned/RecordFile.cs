namespace Campaign.Captures.Partitioned;

/// <summary>
/// Records of one size, written one after another and then read in that order: in memory while there are pages, then on disk. The file on disk has no
/// name: it is gone with the process, however that ends.
/// </summary>
/// <param name="pool">Pages for records that stay in memory; one that grows to the size of a page is this file's own.</param>
/// <param name="folder">Decides the file system that the rest takes room on; made when it is not there.</param>
/// <param name="recordSize">Bytes of a record.</param>
/// <exception cref="IOException">From every member: the storage is full or failed.</exception>
internal sealed class RecordFile(PagePool pool, string folder, int recordSize) : IDisposable
{
    private const int FirstPage = 1 << 10;

    private readonly int _full = PagePool.PageSize / recordSize * recordSize;
    private readonly List<byte[]> _kept = [];
    private FileStream? _file;
    private byte[] _page = [];
    private byte[]? _diskPage;
    private bool _isWritten;
    private int _position;
    private int _end;
    private int _tail;
    private int _next;
    private long _offset;

    /// <summary>How many records there are.</summary>
    public long Count { get; private set; }

    /// <summary>A new record at the end, with anything in it, to be filled before the next one.</summary>
    public Span<byte> Append()
    {
        if (_position == _end)
            TurnPage();
        Count++;
        _position += recordSize;
        return _page.AsSpan(_position - recordSize, recordSize);
    }

    /// <summary>From now on records are read, from the first.</summary>
    public void Rewind()
    {
        if (!_isWritten)
            Complete();
        (_position, _end, _next, _offset) = (0, 0, 0, 0);
    }

    /// <summary>The record that is due; the same until <see cref="Skip"/>; empty at the end.</summary>
    public ReadOnlySpan<byte> Peek()
    {
        if (_position == _end)
            Refill();
        return _page.AsSpan(_position, Math.Min(recordSize, _end - _position));
    }

    /// <summary>The record that is due was taken.</summary>
    public void Skip() => _position += recordSize;

    /// <summary>Nothing is in it any more; its memory is for others.</summary>
    public void Dispose()
    {
        foreach (var page in _kept.Where(page => page.Length == PagePool.PageSize))
            pool.Return(page);
        _kept.Clear();
        _page = [];
        (_position, _end) = (0, 0);
        _file?.Dispose();
        _file = null;
    }

    private static FileStream Open(string folder)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"campaign-spill-{Guid.NewGuid():n}");
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }

    /// <summary>The first page grows; full ones stay as long as there are others to go on with.</summary>
    private void TurnPage()
    {
        if (_page.Length < PagePool.PageSize)
        {
            Array.Resize(ref _page, Math.Clamp(2 * _page.Length, Math.Min(PagePool.PageSize, Math.Max(FirstPage, recordSize)), PagePool.PageSize));
            _end = _page.Length / recordSize * recordSize;
        }
        else if (_file is null && pool.Rent() is { } page)
        {
            _kept.Add(_page);
            (_page, _position) = (page, 0);
        }
        else
        {
            Flush();
        }
    }

    private void Complete()
    {
        _isWritten = true;
        _tail = _position;
        if (_file is null)
        {
            _kept.Add(_page);
            return;
        }

        Flush();
        pool.Return(_page);
        _page = [];
    }

    private void Flush()
    {
        _file ??= Open(folder);
        RandomAccess.Write(_file.SafeFileHandle, _page.AsSpan(0, _position), _offset);
        (_offset, _position) = (_offset + _position, 0);
    }

    private void Refill()
    {
        (_position, _end) = (0, 0);
        if (_next < _kept.Count)
        {
            _page = _kept[_next++];
            _end = _next == _kept.Count && _file is null ? _tail : _full;
        }
        else if (_file is not null)
        {
            Read(_file);
        }
    }

    /// <summary>What comes from disk needs a page of its own, which is given back at the end.</summary>
    private void Read(FileStream file)
    {
        _page = _diskPage ??= pool.Rent() ?? GC.AllocateUninitializedArray<byte>(PagePool.PageSize);
        for (int read; _end < _full && (read = RandomAccess.Read(file.SafeFileHandle, _page.AsSpan(_end.._full), _offset)) > 0; _offset += read)
            _end += read;
        if (_end > 0)
            return;
        pool.Return(_diskPage);
        (_page, _diskPage) = ([], null);
    }
}
