namespace Campaign.Captures.Partitioned;

/// <summary>Records in a file for each part of the keys.</summary>
internal sealed class Partitions : IDisposable
{
    public const int Count = 128;

    private readonly RecordFile[] _files = new RecordFile[Count];

    /// <param name="pool">Memory for them.</param>
    /// <param name="folder">Where the files take room when memory does not do.</param>
    /// <param name="recordSize">Bytes of a record.</param>
    public Partitions(PagePool pool, string folder, int recordSize)
    {
        for (var index = 0; index < Count; index++)
            _files[index] = new RecordFile(pool, folder, recordSize);
    }

    public RecordFile this[int index] => _files[index];

    /// <summary>Which part a key belongs to.</summary>
    /// <param name="hash">Its hash; the lowest bits are left to tables.</param>
    public static int Of(uint hash) => (int)(hash >> 25);

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }
}
