using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>One of the two captures as a segment reads it: where it is, and what was counted of any packet.</summary>
internal sealed class Side
{
    private readonly SequentialCapture _capture;
    private readonly long _from;
    private readonly long _to;
    private readonly RecordChecks _checks;
    private readonly bool _counts;
    private long _counted;
    private long _second;
    private long _ownSecond;

    /// <param name="capture">The file.</param>
    /// <param name="from">Offset of the first record.</param>
    /// <param name="to">Offset at which a record must end.</param>
    /// <param name="start">Nanoseconds; where second 0 begins.</param>
    /// <param name="counts">False for a look at some of its records.</param>
    public Side(SequentialCapture capture, long from, long to, long start, bool counts = true)
    {
        _capture = capture;
        _from = from;
        _to = to;
        _counts = counts;
        Window = new RecordWindow(capture.Bytes, from, to, counts ? RecordWindow.Large : RecordWindow.Small);
        PerSecond.Start = start;
        PerOwnSecond.Start = capture.First;
        _checks = new RecordChecks(capture.Path, capture.Format);
        FrameBytes = (int)(capture.Template.Sizes >> 32);
        Observe(capture.FirstRecord);
    }

    public RecordWindow Window { get; }

    public RecordTemplate Template => _capture.Template;

    public SecondCounts PerSecond { get; } = new();

    /// <summary>The same, counted from the first packet of this capture.</summary>
    public SecondCounts PerOwnSecond { get; } = new();

    /// <summary>Time from each packet to the next.</summary>
    public LatencyCounter Gaps { get; } = new();

    public IEnumerable<CaptureProblem> Problems => _checks.Problems();

    /// <summary>Timestamp of the first packet; <see cref="long.MinValue"/> before it.</summary>
    public long First { get; set; } = long.MinValue;

    /// <summary>Timestamp of the last packet; <see cref="long.MinValue"/> before the first.</summary>
    public long Last { get; set; } = long.MinValue;

    public long Packets { get; set; }

    public long Foreign { get; set; }

    /// <summary>Length on the wire when all packets are alike, otherwise -1.</summary>
    public int FrameBytes { get; private set; }

    /// <summary>Where the second ends that <see cref="Last"/> lies in, by whichever of the two counts.</summary>
    public long SecondEnd { get; private set; } = long.MinValue;

    /// <summary>Whether less than an ordinary record is left in the window.</summary>
    public bool IsShort => Window.End - Window.Position < Template.Stride;

    /// <summary>Takes the next record in all its generality.</summary>
    /// <param name="packet">Good until the next call.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="NotSequentialException">The record is damaged, cut, or earlier than the one before.</exception>
    public bool TryTake(out Packet packet)
    {
        packet = default;
        if (!Have(RecordHeader.Size))
            return EndsHere() ? false : throw new NotSequentialException();

        var bytes = Window.Bytes.AsSpan(Window.Position);
        var record = RecordHeader.Read(bytes, bigEndian: false);
        if (record.Captured > FileHeader.MaximumSnapLength)
            throw new NotSequentialException();
        if (!Have(RecordHeader.Size + (int)record.Captured))
            return EndsHere() ? false : throw new NotSequentialException();

        bytes = Window.Bytes.AsSpan(Window.Position, RecordHeader.Size + (int)record.Captured);
        if (First != long.MinValue)
            _checks.Resume(Last);
        packet = Observe(bytes);
        if (packet.Timestamp < Last)
            throw new NotSequentialException();

        Window.Position += bytes.Length;
        Pass(packet.Timestamp);
        if (packet.OriginalLength != FrameBytes)
            FrameBytes = -1;
        return true;
    }

    /// <summary>The same stretch once more, with nothing counted.</summary>
    public Side FromStart() => new(_capture, _from, _to, PerSecond.Start, counts: false);

    /// <summary>Its last records, as many as are wanted if they are all like the first, with nothing counted.</summary>
    public Side NearEnd(long records) => new(_capture, Math.Max(_from, Window.Offset - records * Template.Stride), _to, PerSecond.Start, counts: false);

    /// <summary>Counts packets by second up to here.</summary>
    public void Settle()
    {
        if (Packets > _counted)
        {
            PerSecond.Add(_second, Packets - _counted);
            PerOwnSecond.Add(_ownSecond, Packets - _counted);
        }

        _counted = Packets;
    }

    private void Pass(long timestamp)
    {
        if (First == long.MinValue)
            First = timestamp;
        else if (_counts)
            Gaps.Add(timestamp - Last);
        if (timestamp >= SecondEnd)
        {
            Settle();
            _second = PerSecond.SecondOf(timestamp);
            _ownSecond = PerOwnSecond.SecondOf(timestamp);
            SecondEnd = Math.Min(PerSecond.EndOf(_second), PerOwnSecond.EndOf(_ownSecond));
        }

        Last = timestamp;
        Packets++;
    }

    private bool Have(int bytes)
    {
        while (Window.End - Window.Position < bytes)
        {
            if (!Window.Refill())
                return false;
        }

        return true;
    }

    /// <summary>Whether what is left, which is no whole record, is nothing; or the beginning of one, where the capture is still growing.</summary>
    private bool EndsHere()
    {
        var left = Window.Bytes.AsSpan(Window.Position, Window.End - Window.Position);
        if (left.IsEmpty || !_capture.Growing || _to != _capture.Length || !left.ContainsAnyExcept((byte)0))
            return left.IsEmpty;
        if (left.Length < RecordHeader.Size)
            return true;

        if (First != long.MinValue)
            _checks.Resume(Last);
        return left[..RecordHeader.Size].ContainsAnyExcept((byte)0) && !FileHeader.IsAt(left) && _checks.Refuse(RecordHeader.Read(left, bigEndian: false)) is null;
    }

    private Packet Observe(ReadOnlySpan<byte> bytes)
    {
        var record = RecordHeader.Read(bytes, bigEndian: false);
        if (!bytes[..RecordHeader.Size].ContainsAnyExcept((byte)0) || FileHeader.IsAt(bytes) || _checks.Refuse(record) is not null)
            throw new NotSequentialException();

        var packet = new Packet(record.Timestamp(nanoseconds: true), (int)record.Original, _capture.Format.LinkType, Window.Offset, bytes[RecordHeader.Size..]);
        _checks.Observe(record, packet);
        return packet;
    }
}
