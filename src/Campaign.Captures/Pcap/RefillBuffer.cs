using System.Buffers;
using ZstdSharp;

namespace Campaign.Captures.Pcap;

/// <summary>A window of 1 MiB that slides over a stream: look at the next bytes, step over them; nothing is allocated on the way.</summary>
internal sealed class RefillBuffer(Stream stream, string path) : IDisposable
{
    /// <summary>The most bytes that can be looked at together.</summary>
    public const int Capacity = 1 << 20;

    private readonly byte[] _bytes = ArrayPool<byte>.Shared.Rent(Capacity);
    private long _discarded;
    private int _start;
    private int _end;
    private bool _ended;
    private bool _returned;

    /// <summary>Bytes stepped over.</summary>
    public long Position => _discarded + _start;

    /// <summary>How the stream ended before its end, in words that finish "the file …"; null for an ordinary end.</summary>
    public string? Breakage { get; private set; }

    /// <summary>The next bytes: <paramref name="count"/> of them, or fewer when the stream has no more.</summary>
    public ReadOnlySpan<byte> Peek(int count)
    {
        if (_end - _start < count && !_ended)
            Refill(count);
        return _bytes.AsSpan(_start, Math.Min(count, _end - _start));
    }

    public void Skip(int count) => _start += count;

    public void Dispose()
    {
        if (_returned)
            return;

        _returned = true;
        ArrayPool<byte>.Shared.Return(_bytes);
        stream.Dispose();
    }

    private void Refill(int count)
    {
        _bytes.AsSpan(_start, _end - _start).CopyTo(_bytes);
        _discarded += _start;
        _end -= _start;
        _start = 0;
        while (_end < count && !_ended)
        {
            var read = Read(_bytes.AsSpan(_end));
            _ended = read == 0;
            _end += read;
        }
    }

    private int Read(Span<byte> target)
    {
        try
        {
            return stream.Read(target);
        }
        catch (EndOfStreamException)
        {
            Breakage = "ends within its compressed data";
        }
        catch (ZstdException e)
        {
            Breakage = $"cannot be unpacked ({e.Message})";
        }
        catch (IOException e)
        {
            throw new CaptureException(CaptureProblemKind.Unreadable, path, $"{path} could not be read: {e.Message}. Copy it again from where it was captured.");
        }

        return 0;
    }
}
