namespace Campaign.Captures.Sequential;

/// <summary>A window that slides over a range of a capture in reads of one size, which name their offset: threads share the file.</summary>
internal sealed class RecordWindow(CaptureBytes bytes, long from, long to, int readSize)
{
    /// <summary>For reading all of a file; larger reads fall out of the second-level cache.</summary>
    public const int Large = 1 << 18;

    /// <summary>For a look at some of its records.</summary>
    public const int Small = 1 << 16;

    /// <summary>Room to look past the last record.</summary>
    private const int Past = 64;

    /// <summary>Room for the beginning of a record that the next read completes; it grows where records are longer.</summary>
    private const int Usual = 1 << 12;

    private const int LongestRecord = 1 << 18;

    private long _next = from;

    /// <summary>Holds bytes from <see cref="Position"/> to <see cref="End"/>, and at least 64 more that mean nothing.</summary>
    public byte[] Bytes { get; private set; } = GC.AllocateUninitializedArray<byte>(Usual + readSize + Past);

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
        var held = Bytes.AsSpan(Position, kept);
        if (kept > Usual && Bytes.Length < LongestRecord)
            Bytes = GC.AllocateUninitializedArray<byte>(LongestRecord + readSize + Past);
        held.CopyTo(Bytes);
        (Position, End) = (0, kept);
        var wanted = (int)Math.Min(Bytes.Length - Past - kept, Math.Min(readSize, to - _next));
        if (wanted <= 0)
            return false;

        var read = bytes.Read(Bytes.AsSpan(kept, wanted), _next);
        _next += read;
        End += read;
        return read > 0;
    }
}
