using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures.Pcap;

namespace Campaign.Captures;

/// <summary>
/// Reads a pcap file, plain or compressed with zstd, record by record and without allocating. What leaves the rest usable (a cut end, a tail
/// of zeros) ends the reading and is listed in <see cref="Problems"/>; damage in the middle is a <see cref="CaptureException"/>.
/// </summary>
public sealed class CaptureReader : IDisposable
{
    private const int RecordHeader = 16;
    private const uint LargestPacket = 256 * 1024;
    private const long LargestJump = 3_600_000_000_000;
    private const long LargestStepBack = 1_000_000;
    private const int LargestTrailer = 64;

    private readonly CaptureInput _input;
    private readonly PcapHeader _header;
    private ImmutableArray<CaptureProblem> _problems = [];
    private long? _last;
    private bool _ranBackwards;
    private bool _ended;

    /// <summary>Opens a capture and reads its file header.</summary>
    /// <exception cref="CaptureException">It cannot be read or is no pcap.</exception>
    public CaptureReader(string path)
    {
        _input = new CaptureInput(path);
        try
        {
            _header = PcapHeader.Read(path, _input.Peek(PcapHeader.Size));
        }
        catch
        {
            _input.Dispose();
            throw;
        }

        _input.Take(PcapHeader.Size);
    }

    /// <summary>For people: <c>pcap, nanoseconds, little-endian, Ethernet</c>.</summary>
    public string Format => _header.Description + (_input.Compressed ? ", zstd" : "");

    /// <summary>Bytes taken so far, after decompression.</summary>
    public long Offset => _input.Offset;

    /// <summary>What was found so far.</summary>
    public ImmutableArray<CaptureProblem> Problems => _problems;

    /// <summary>Reads the next packet.</summary>
    /// <returns>False at the end of the capture.</returns>
    /// <exception cref="CaptureException">A record is damaged.</exception>
    public bool TryRead(out Packet packet)
    {
        packet = default;
        if (_ended)
        {
            return false;
        }

        var start = _input.Peek(RecordHeader);
        if (start.Length < RecordHeader || IsTail(start))
        {
            _ended = true;
            if (start.Length is > 0 and < RecordHeader)
            {
                Problem(CaptureProblemKind.Truncated, $"the file breaks off within the header of a record");
            }

            return false;
        }

        var (seconds, fraction) = (Word(start), Word(start[4..]));
        var (captured, length) = (Word(start[8..]), Word(start[12..]));
        Check(fraction, captured, length);
        var bytes = _input.Peek(RecordHeader + (int)captured);
        if (bytes.Length < RecordHeader + captured)
        {
            _ended = true;
            Problem(CaptureProblemKind.Truncated, $"the file breaks off within a record");
            return false;
        }

        var timestamp = (seconds * 1_000_000_000L) + (fraction * (long)_header.FractionNanoseconds);
        CheckTime(timestamp);
        packet = new Packet(timestamp, bytes[RecordHeader..], (int)length, _header.LinkType == PcapHeader.Ethernet);
        CheckLength(packet);
        _input.Take(bytes.Length);
        return true;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _input.Dispose();

    // Zeros and a second file header look like records; neither is one.
    private bool IsTail(ReadOnlySpan<byte> start)
    {
        if (!start.ContainsAnyExcept((byte)0))
        {
            Problem(CaptureProblemKind.ZeroTail, $"nothing but zeros follows, as in a file that was made large beforehand and never cut to size");
            return true;
        }

        if (PcapHeader.IsMagic(start) && _input.Peek(PcapHeader.Size) is { Length: PcapHeader.Size } header && Word(header[4..]) != 0 && header[8..16].IndexOfAnyExcept((byte)0) < 0)
        {
            throw new CaptureException(At($"a second file header follows: two captures were written into one file. Split the file there"));
        }

        return false;
    }

    private void Check(uint fraction, uint captured, uint length)
    {
        var wrong = this switch
        {
            _ when fraction >= 1_000_000_000 / _header.FractionNanoseconds => $"its fraction of a second is {fraction}",
            _ when captured > LargestPacket || captured > _header.SnapLength => $"it claims {captured} captured bytes, but at most {_header.SnapLength} were to be captured",
            _ when captured > length => $"it claims {captured} captured bytes of a packet of {length} bytes",
            _ when captured == 0 => "it has no bytes",
            _ => null,
        };
        if (wrong is not null)
        {
            throw new CaptureException(At($"the record is damaged: {wrong}"));
        }
    }

    private void CheckTime(long timestamp)
    {
        var step = timestamp - (_last ?? timestamp);
        if (Math.Abs(step) > LargestJump)
        {
            throw new CaptureException(At($"the record is damaged: its time is {step / 1e9:+0;-0} s away from the one before"));
        }

        if (step < -LargestStepBack && !_ranBackwards)
        {
            _ranBackwards = true;
            Problem(CaptureProblemKind.TimeBackwards, $"time runs backwards by {-step / 1e6:0.###} ms");
        }

        _last = timestamp;
    }

    // The length on the wire is told twice, by the record and by the IP header.
    private void CheckLength(in Packet packet)
    {
        var ip = packet.Ethernet ? packet.Captured[Math.Min(14, packet.Captured.Length)..] : packet.Captured;
        if (ip.Length < 4 || ip[0] != 0x45 || (packet.Ethernet && BinaryPrimitives.ReadUInt16BigEndian(packet.Captured[12..]) != 0x0800))
        {
            return;
        }

        var told = BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) + (packet.Ethernet ? 14 : 0);
        if (packet.Length < told || packet.Length > Math.Max(told, 60) + LargestTrailer)
        {
            throw new CaptureException(At($"the record is damaged: it says that the packet has {packet.Length} bytes, its IP header says {told}"));
        }
    }

    private uint Word(ReadOnlySpan<byte> at) =>
        _header.BigEndian ? BinaryPrimitives.ReadUInt32BigEndian(at) : BinaryPrimitives.ReadUInt32LittleEndian(at);

    private void Problem(CaptureProblemKind kind, FormattableString what) =>
        _problems = _problems.Add(new CaptureProblem(kind, _input.Path, _input.Offset, At(what)));

    private string At(FormattableString what) =>
        string.Create(CultureInfo.InvariantCulture, $"{_input.Path}: at byte {_input.Offset}, {what.ToString(CultureInfo.InvariantCulture)}.");
}
