using System.IO.MemoryMappedFiles;

namespace Campaign.Storage.Database;

/// <summary>
/// Lets processes read the database while another one writes it, without a lock that a reader could hold: a sequence lock in eight bytes of shared
/// memory, the mapped file <c>campaign.generation</c>.
/// </summary>
/// <remarks>
/// <para>
/// Writer (there is one, behind <see cref="WriterLock"/>): makes the number odd, changes the database with its log, brings both to disk, leaves the log empty, and
/// makes the number even again. It never waits for a reader. When it takes the lock it first goes on to a new odd number, whatever it found.
/// </para>
/// <para>
/// Reader: notes the number. Even and no log: the database is at rest, and every page that is read counts only if the number is still the same after
/// the read (<see cref="LiveFile"/>), so that no torn or newer page is ever looked at. When it moved, the reader begins again; after a few times it copies the whole
/// database, which a busy writer interrupts less often, and works on the copy.
/// Odd, or a log that is not empty: if nobody holds the lock, a writer was killed in the middle. The reader copies database and log, checks that the number did
/// not move meanwhile, and lets LiteDB replay the log on the copy: committed transactions appear, half-written ones do not. The real files stay as they are
/// for the next writer, who does the same to them.
/// </para>
/// <para>
/// A SIGKILL between two writes leaves the number in the page cache, where every process sees it. After a power failure the number may be old, which is why
/// a log that is not empty is enough to distrust it. The file must lie on a disk of this machine: mapped memory is not shared over NFS.
/// </para>
/// </remarks>
internal sealed class Generation : IDisposable
{
    private const int Size = sizeof(long);

    private readonly string _path;
    private MemoryMappedFile? _file;
    private MemoryMappedViewAccessor? _view;

    private Generation(string path) => _path = path;

    /// <summary>The number; 0 when there never was a writer. It only grows.</summary>
    public long Value
    {
        get
        {
            Interlocked.MemoryBarrier();
            if (_view is null && File.Exists(_path))
            {
                Map(FileAccess.Read);
            }

            return _view?.ReadInt64(0) ?? 0;
        }
    }

    /// <summary>Whether a writer is (or was, when it died) in the middle of something.</summary>
    public static bool IsOdd(long value) => (value & 1) == 1;

    public static Generation ForReading(string path) => new(path);

    /// <summary>For the holder of the lock. Starts at a new odd number: <see cref="End"/> once the database is at rest.</summary>
    public static Generation ForWriting(string path)
    {
        var generation = new Generation(path);
        generation.Map(FileAccess.ReadWrite);
        generation.Set((generation.Value | 1) + 2);
        return generation;
    }

    /// <summary>From now on the database changes.</summary>
    public void Begin() => Set(Value | 1);

    /// <summary>The database is at rest and its log is empty.</summary>
    public void End() => Set((Value | 1) + 1);

    public void Dispose()
    {
        _view?.Dispose();
        _file?.Dispose();
    }

    private void Set(long value)
    {
        Interlocked.MemoryBarrier();
        _view!.Write(0, value);
        Interlocked.MemoryBarrier();
    }

    private void Map(FileAccess access)
    {
        var writes = access == FileAccess.ReadWrite;
        var stream = new FileStream(_path, writes ? FileMode.OpenOrCreate : FileMode.Open, access, FileShare.ReadWrite | FileShare.Delete);
        if (stream.Length < Size)
        {
            if (!writes)
            {
                // Just being created by the first writer; it counts from the next look on.
                stream.Dispose();
                return;
            }

            stream.SetLength(Size);
        }

        var mapped = writes ? MemoryMappedFileAccess.ReadWrite : MemoryMappedFileAccess.Read;
        _file = MemoryMappedFile.CreateFromFile(stream, null, Size, mapped, HandleInheritability.None, leaveOpen: false);
        _view = _file.CreateViewAccessor(0, Size, mapped);
    }
}
