namespace Campaign.Captures.Partitioned;

/// <summary>A growing array in pages: what grows to a gigabyte must not be copied to grow.</summary>
internal sealed class Paged<T>(int stride = 1)
{
    private const int PageBits = 15;
    private const int PageMask = (1 << PageBits) - 1;

    private readonly List<T[]> _pages = [];

    /// <summary>How many elements of <c>stride</c> values there are.</summary>
    public int Count { get; private set; }

    /// <summary>The first value of an element.</summary>
    public ref T this[int index] => ref _pages[index >> PageBits][(index & PageMask) * stride];

    /// <summary>All values of an element.</summary>
    public Span<T> Slice(int index) => _pages[index >> PageBits].AsSpan((index & PageMask) * stride, stride);

    /// <summary>Begins anew in the same memory; values stay what they were until they are set.</summary>
    public void Clear() => Count = 0;

    /// <summary>Makes room for one more element and gives back its index.</summary>
    public int Add()
    {
        if (Count >> PageBits == _pages.Count)
            _pages.Add(new T[stride << PageBits]);
        return Count++;
    }
}
