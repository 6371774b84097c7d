using System.Collections.Concurrent;

namespace Campaign.Captures.Partitioned;

/// <summary>The memory that records may take before they go to disk, in pages that are used again.</summary>
/// <param name="bytes">How much there is in all.</param>
internal sealed class PagePool(long bytes)
{
    /// <summary>Bytes of a page.</summary>
    public const int PageSize = 1 << 15;

    private readonly ConcurrentBag<byte[]> _free = [];
    private long _left = bytes / PageSize;

    /// <summary>A page with anything in it; null when there is none left. For any thread.</summary>
    public byte[]? Rent()
    {
        if (_free.TryTake(out var page))
            return page;
        return Interlocked.Decrement(ref _left) >= 0 ? GC.AllocateUninitializedArray<byte>(PageSize, pinned: true) : null;
    }

    /// <summary>Takes back a page, or one that was not rented. For any thread.</summary>
    public void Return(byte[] page) => _free.Add(page);
}
