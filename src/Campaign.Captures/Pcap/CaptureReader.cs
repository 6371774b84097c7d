using System.Collections.Immutable;

namespace Campaign.Captures.Pcap;

/// <summary>
/// Reads a pcap capture record by record, plain or packed with zstd, with nothing allocated per packet. Synchronous, one thread.
/// </summary>
/// <remarks>
/// Reading ends at the first record that is not whole; <see cref="Problems"/> says what was found there. Whoever needs every packet looks
/// at it after <see cref="TryRead"/> has answered false.
/// </remarks>
public sealed class CaptureReader : IDisposable
{
    /// <summary>How much of the file is looked at to say what it is.</summary>
    private const int Sniffed = 512;

    /// <summary>How much of the file decides about the identity.</summary>
    internal const int Previewed = 1 << 16;

    private readonly ImmutableArray<CaptureProblem>.Builder _ending = ImmutableArray.CreateBuilder<CaptureProblem>();
    private readonly RefillBuffer _buffer;
    private readonly RecordChecks _checks;
    private readonly string _path;
    private long _packets;
    private long _first;
    private long _last;
    private int _frameBytes;
    private bool _ended;

    private CaptureReader(RefillBuffer buffer, string path, CaptureFormat format)
    {
        _buffer = buffer;
        _path = path;
        Format = format;
        _checks = new RecordChecks(path, format);
    }

    /// <summary>What the file header says.</summary>
    public CaptureFormat Format { get; }

    /// <summary>What was read so far.</summary>
    public CaptureSummary Summary => new(_path, Format.ToString(), _packets, _first, _last, _buffer.Position, Math.Max(0, _frameBytes));

    /// <summary>What was found so far, in the order of <see cref="CaptureProblemKind"/>; empty when nothing.</summary>
    public ImmutableArray<CaptureProblem> Problems => [.. _ending, .. _checks.Problems()];

    /// <summary>Opens a capture file.</summary>
    /// <exception cref="CaptureException">It cannot be opened or is no capture that is read; the message says why and what to do.</exception>
    public static CaptureReader Open(string path) => Open(CaptureSource.OpenFile(path), path);

    /// <summary>Opens a capture in a stream, which the reader then owns.</summary>
    /// <param name="stream">At the capture's first byte; need not seek.</param>
    /// <param name="name">How messages call it.</param>
    /// <exception cref="CaptureException">It is no capture that is read; the message says why and what to do.</exception>
    public static CaptureReader Open(Stream stream, string name)
    {
        var (buffer, compressed) = CaptureSource.Unpack(stream, name);
        try
        {
            var start = buffer.Peek(Sniffed);
            if (start.Length < FileHeader.Size && buffer.Breakage is { } breakage)
                throw new CaptureException(CaptureProblemKind.Unreadable, name, $"{name} {breakage}, before the end of the file header. {Again}", 0);

            var format = FileHeader.Parse(start, name, compressed);
            buffer.Skip(FileHeader.Size);
            return new CaptureReader(buffer, name, format);
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
        packet = default;
        if (_ended)
            return false;

        var header = _buffer.Peek(RecordHeader.Size);
        if (header.Length < RecordHeader.Size || !header.ContainsAnyExcept((byte)0))
            return EndAt(header.Length);

        var record = RecordHeader.Read(header, Format.BigEndian);
        if (FileHeader.IsAt(_buffer.Peek(FileHeader.Size)))
            return End(CaptureProblemKind.Appended, $"A second capture begins in {_path} at byte {_buffer.Position}: one was appended to another. Split the file there, or capture again into a new one.");
        if (_checks.Refuse(record) is { } reason)
            return End(CaptureProblemKind.CorruptRecord, $"The record at byte {_buffer.Position} of {_path} {reason}. The capture is damaged there; copy it again from where it was captured.");

        var size = RecordHeader.Size + (int)record.Captured;
        var whole = _buffer.Peek(size);
        if (whole.Length < size)
            return EndWithin(whole.Length, size);

        packet = new Packet(record.Timestamp(Format.Nanoseconds), (int)record.Original, Format.LinkType, _buffer.Position, whole[RecordHeader.Size..]);
        _checks.Observe(record, packet);
        Count(packet);
        _buffer.Skip(size);
        return true;
    }

    /// <summary>The packets that come next, without reading them: as many whole ones as there are in the next 64 KiB.</summary>
    internal PacketPreview Preview() => new(_buffer.Peek(Previewed), Format);

    /// <inheritdoc/>
    public void Dispose() => _buffer.Dispose();

    private const string Again = "It was cut or damaged; copy it again from where it was captured.";

    private void Count(in Packet packet)
    {
        if (_packets++ == 0)
        {
            _first = packet.Timestamp;
            _frameBytes = packet.OriginalLength;
        }

        if (packet.OriginalLength != _frameBytes)
            _frameBytes = -1;
        _last = packet.Timestamp;
    }

    private bool EndAt(int left)
    {
        if (left == 0 && _buffer.Breakage is null)
        {
            _ended = true;
            return false;
        }

        return left == 0 || _buffer.Peek(left).ContainsAnyExcept((byte)0) ? EndWithin(left, RecordHeader.Size) : EndAtZeros();
    }

    private bool EndWithin(int got, int size) => End(
        CaptureProblemKind.Truncated,
        _buffer.Breakage is { } breakage
            ? $"{_path} {breakage}, {_buffer.Position} bytes after unpacking began and {_packets} packets in. {Again}"
            : $"{_path} ends within the record at byte {_buffer.Position}: {got} of {size} bytes are there, after {_packets} whole packets. {Again}");

    private bool EndAtZeros()
    {
        var from = _buffer.Position;
        ReadOnlySpan<byte> next;
        while (!(next = _buffer.Peek(RefillBuffer.Capacity / 2)).IsEmpty)
        {
            var zeros = next.IndexOfAnyExcept((byte)0);
            if (zeros >= 0)
                return End(CaptureProblemKind.CorruptRecord, $"The record at byte {from} of {_path} is zeros, with data behind it from byte {_buffer.Position + zeros}. The capture is damaged there; copy it again from where it was captured.", from);
            _buffer.Skip(next.Length);
        }

        return End(CaptureProblemKind.ZeroTail, $"{_path} is nothing but zeros from byte {from} on, {_buffer.Position - from} bytes: the capturing program stopped before it cut the file to size, after {_packets} packets. Capture again.", from);
    }

    private bool End(CaptureProblemKind kind, string message, long offset = -1)
    {
        _ended = true;
        _ending.Add(new CaptureProblem(kind, _path, offset < 0 ? _buffer.Position : offset, message));
        return false;
    }
}
