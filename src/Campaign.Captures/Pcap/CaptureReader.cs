using System.Collections.Immutable;

namespace Campaign.Captures.Pcap;

/// <summary>
/// Reads a capture packet by packet, in any <see cref="CaptureForm"/>, plain or packed with zstd, with nothing allocated per packet. Synchronous, one thread.
/// </summary>
/// <remarks>
/// Reading ends at the first record that is not whole; <see cref="Problems"/> says what was found there. Whoever needs every packet looks
/// at it after <see cref="TryRead"/> has answered false.
/// </remarks>
public sealed class CaptureReader : IDisposable
{
    /// <summary>How much of the file decides about the packets' identity.</summary>
    internal const int Previewed = 1 << 16;

    private readonly RefillBuffer _buffer;
    private readonly RecordDecoder _decoder;
    private readonly byte[] _start;
    private readonly string _path;
    private long _first;
    private long _last;
    private int _frameBytes;

    private CaptureReader(RefillBuffer buffer, byte[] start, string path, RecordDecoder decoder)
    {
        _buffer = buffer;
        _start = start;
        _path = path;
        _decoder = decoder;
    }

    /// <summary>What the file header says.</summary>
    public CaptureFormat Format => _decoder.Format;

    /// <summary>What was read so far.</summary>
    public CaptureSummary Summary => new(_path, Format.ToString(), _decoder.Packets, _first, _last, _buffer.Position, Math.Max(0, _frameBytes));

    /// <summary>What was found so far, in the order of <see cref="CaptureProblemKind"/>; empty when nothing.</summary>
    public ImmutableArray<CaptureProblem> Problems => _decoder.Problems;

    /// <summary>Opens a capture file; <c>-</c> is standard input.</summary>
    /// <exception cref="CaptureException">It cannot be opened or is no capture that is read; the message says why and what to do.</exception>
    public static CaptureReader Open(string path, CaptureForm form = CaptureForm.Automatic) =>
        Open(CaptureSource.OpenFile(path), path == CaptureSource.StandardInput ? "standard input" : path, form);

    /// <summary>Opens a capture in a stream, which the reader then owns.</summary>
    /// <param name="stream">At the capture's first byte; need not seek.</param>
    /// <param name="name">How messages call it.</param>
    /// <param name="form">Its form, when it is known better than by its first bytes.</param>
    /// <exception cref="CaptureException">It is no capture that is read; the message says why and what to do.</exception>
    public static CaptureReader Open(Stream stream, string name, CaptureForm form = CaptureForm.Automatic)
    {
        var (buffer, compressed) = CaptureSource.Unpack(stream, name);
        try
        {
            var start = buffer.Peek(Previewed).ToArray();
            return new CaptureReader(buffer, start, name, FormDetection.Decoder(buffer, start, name, compressed, form));
        }
        catch
        {
            buffer.Dispose();
            throw;
        }
    }

    /// <summary>Reads the next packet; its bytes are good until the next call.</summary>
    /// <returns>False at the end, or where <see cref="Problems"/> says that nothing more can be read.</returns>
    /// <exception cref="CaptureException">The storage under the file failed.</exception>
    public bool TryRead(out Packet packet)
    {
        if (!_decoder.TryRead(out packet))
            return false;

        if (_decoder.Packets == 1)
        {
            _first = packet.Timestamp;
            _frameBytes = packet.OriginalLength;
        }

        if (packet.OriginalLength != _frameBytes)
            _frameBytes = -1;
        _last = packet.Timestamp;
        return true;
    }

    /// <summary>The packets that come next, to be read by another reader: as many whole ones as there are in the first 64 KiB.</summary>
    internal CaptureReader Preview() => Open(new MemoryStream(_start), _path, Format.Form);

    /// <summary>Where a clock that wraps begins is only known beside another capture by the same clock.</summary>
    internal void StartNear(CaptureReader other)
    {
        using var preview = other.Preview();
        if (_decoder is MscapDecoder mine && preview.TryRead(out var first))
            mine.StartNear(first.Timestamp);
    }

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();
}
