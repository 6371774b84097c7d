namespace Campaign.Captures.Spilling;

/// <summary>Temporary files, one for each part of the keys; they are gone when they are closed, however the program ends.</summary>
internal sealed class Partitions : IDisposable
{
    public const int Count = 128;

    private const int BufferSize = 1 << 15;

    private readonly FileStream[] _files = new FileStream[Count];

    public Partitions(string folder, string name)
    {
        for (var index = 0; index < Count; index++)
        {
            _files[index] = new FileStream(
                Path.Combine(folder, $"{name}-{index}"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferSize, FileOptions.DeleteOnClose);
        }
    }

    public FileStream this[int index] => _files[index];

    /// <summary>Which part a key belongs to.</summary>
    /// <param name="hash">Its hash; the lowest bits are left to tables.</param>
    public static int Of(uint hash) => (int)(hash >> 25);

    public void Dispose()
    {
        foreach (var file in _files)
            file?.Dispose();
    }
}
