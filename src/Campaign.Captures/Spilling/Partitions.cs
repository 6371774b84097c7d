namespace Campaign.Captures.Spilling;

/// <summary>Records on disk, in a file for each part of the keys.</summary>
internal sealed class Partitions : IDisposable
{
    public const int Count = 128;

    private readonly SpillFile[] _files = new SpillFile[Count];

    /// <param name="folder">Where the files take room; made when it is not there.</param>
    /// <param name="recordSize">Bytes of a record.</param>
    /// <exception cref="IOException">Files cannot be made there.</exception>
    public Partitions(string folder, int recordSize)
    {
        Directory.CreateDirectory(folder);
        for (var index = 0; index < Count; index++)
            _files[index] = new SpillFile(folder, recordSize);
    }

    public SpillFile this[int index] => _files[index];

    /// <summary>Which part a key belongs to.</summary>
    /// <param name="hash">Its hash; the lowest bits are left to tables.</param>
    public static int Of(uint hash) => (int)(hash >> 25);

    public void Dispose()
    {
        foreach (var file in _files)
            file.Dispose();
    }
}
