using Microsoft.Win32.SafeHandles;

namespace Campaign.Captures.Sequential;

/// <summary>A window that slides over a range of a file in large reads, which name their offset: threads share the handle.</summary>
internal sealed class RecordWindow(SafeFileHandle file, long from, long to)
{
    /// <summary>One read; larger ones fall out of the second-level cache.</summary>
    private const int ReadSize = 1 << 18;

    /// <summary>The largest record, and room to look past the last one.</summary>
    private const int Slack = (1 << 18) + 64;

    private long _next = from;

    /// <summary>Holds bytes from <see cref="Position"/> to <see cref="End"/>, and at least 64 more that mean nothing.</summary>
    public byte[] Bytes { get; } = GC.AllocateUninitializedArray<byte>(ReadSize + Slack);

    /// <summary>Where the next record begins in <see cref="Bytes"/>.</summary>
    public int Position { get; set; }

    /// <summary>Where what was read ends in <see cref="Bytes"/>.</summary>
    public int End { get; private set; }

    /// <summary>Offset in the file of the next record.</summary>
    public long Offset => _next - (End - Position);

    /// <summary>Reads on, keeping what lies behind <see cref="Position"/>.</summary>
    /// <returns>False at the end of the range, or of the file.</returns>
    public bool Refill()
    {
        var kept = End - Position;
        Bytes.AsSpan(Position, kept).CopyTo(Bytes);
        (Position, End) = (0, kept);
        var wanted = (int)Math.Min(Bytes.Length - 64 - kept, Math.Min(ReadSize, to - _next));
        if (wanted <= 0)
            return false;

        var read = RandomAccess.Read(file, Bytes.AsSpan(kept, wanted), _next);
        _next += read;
        End += read;
        return read > 0;
    }
}
