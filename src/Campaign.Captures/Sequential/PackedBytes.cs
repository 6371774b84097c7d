using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>
/// A packed capture, unpacked from its beginning to its end. Its first megabyte and the last two that were read are kept, so that a look back at either
/// end costs nothing; any other way back begins anew.
/// </summary>
internal sealed class PackedBytes(string path) : CaptureBytes
{
    private const int HeadSize = 1 << 20;
    private const int TailSize = 1 << 21;

    private readonly byte[] _head = new byte[HeadSize];
    private readonly byte[] _tail = new byte[TailSize];
    private Stream _stream = CaptureSource.OpenPacked(path);
    private long _at;
    private long _furthest;

    public override long Length => long.MaxValue;

    public override bool IsRandomAccess => false;

    public override int Read(Span<byte> target, long offset)
    {
        if (offset < Math.Min(_furthest, HeadSize))
            return Copy(_head.AsSpan((int)offset, (int)(Math.Min(_furthest, HeadSize) - offset)), target);
        if (offset < _furthest && offset >= _furthest - TailSize)
        {
            var from = (int)(offset % TailSize);
            return Copy(_tail.AsSpan(from, (int)Math.Min(_furthest - offset, TailSize - from)), target);
        }

        if (offset < _at)
            BeginAnew();
        return SkipTo(offset) ? Advance(target) : 0;
    }

    public override void Dispose() => _stream.Dispose();

    /// <returns>False when it ends before.</returns>
    private bool SkipTo(long offset)
    {
        Span<byte> skipped = stackalloc byte[1 << 12];
        while (offset > _at)
        {
            if (Advance(skipped[..(int)Math.Min(skipped.Length, offset - _at)]) == 0)
                return false;
        }

        return true;
    }

    private static int Copy(ReadOnlySpan<byte> source, Span<byte> target)
    {
        var length = Math.Min(source.Length, target.Length);
        source[..length].CopyTo(target);
        return length;
    }

    private void BeginAnew()
    {
        _stream.Dispose();
        (_stream, _at) = (CaptureSource.OpenPacked(path), 0);
    }

    private int Advance(Span<byte> target)
    {
        int read;
        try
        {
            read = _stream.Read(target);
        }
        catch (Exception e) when (CaptureSource.IsDamage(e))
        {
            throw new NotSequentialException();
        }

        _at += read;
        if (_at > _furthest)
            Keep(target[(read - (int)(_at - _furthest))..read]);
        return read;
    }

    /// <summary>Takes bytes that were never read before.</summary>
    private void Keep(ReadOnlySpan<byte> bytes)
    {
        if (_furthest < HeadSize)
            Copy(bytes, _head.AsSpan((int)_furthest));
        while (!bytes.IsEmpty)
        {
            var kept = Copy(bytes, _tail.AsSpan((int)(_furthest % TailSize)));
            _furthest += kept;
            bytes = bytes[kept..];
        }
    }
}
