using System.Globalization;

namespace Campaign.Captures.Pcap;

/// <summary>
/// Holds every record against its own fields and against the records before it. The format has no checksum; this finds a damaged
/// header wherever the format lets one.
/// </summary>
internal sealed class RecordChecks(string path, CaptureFormat format)
{
    /// <summary>Neighbouring packets may be exchanged by that much: NICs hand packets over in batches (nanoseconds).</summary>
    private const long ExchangeTolerance = 1_000_000;

    /// <summary>No measurement pauses for longer (nanoseconds).</summary>
    public const long LongestPause = 3_600_000_000_000;

    private const int Unknown = -1_000_000;

    private Repeated _backwards;
    private Repeated _wireLength;
    private long _last;
    private long _worstStepBack;
    private uint _longest;
    private uint _cut;
    private int _trailer = Unknown;
    private bool _any;

    /// <summary>Why this cannot be a record header, in words that follow "the record at byte … "; null when it can.</summary>
    public string? Refuse(in RecordHeader record)
    {
        var cutShort = record.Captured < record.Original;
        if (record.Captured > format.SnapLength)
            return Invariant($"holds {record.Captured} bytes, more than the snap length of {format.SnapLength}");
        if (record.Captured == 0)
            return "holds no bytes of its packet";
        if (record.Captured > record.Original)
            return Invariant($"holds {record.Captured} bytes of a packet of {record.Original}");
        if (record.Fraction >= (format.Nanoseconds ? 1_000_000_000u : 1_000_000u))
            return Invariant($"has {record.Fraction} {(format.Nanoseconds ? "nanoseconds" : "microseconds")} in its second");
        if (_any && Math.Abs(record.Timestamp(format.Nanoseconds) - _last) > LongestPause)
            return Invariant($"is {(record.Timestamp(format.Nanoseconds) - _last) / 1e9:0.###} s from the record before it");
        if (cutShort && (record.Captured < _longest || (_cut != 0 && record.Captured != _cut)))
            return Invariant($"holds {record.Captured} of {record.Original} bytes, where others were kept up to {Math.Max(_longest, _cut)}");
        if (!cutShort && _cut != 0 && record.Captured > _cut)
            return Invariant($"holds {record.Captured} bytes, where others were cut to {_cut}");
        return null;
    }

    /// <summary>Takes note of a record that <see cref="Refuse"/> let pass.</summary>
    public void Observe(in RecordHeader record, in Packet packet)
    {
        _longest = Math.Max(_longest, record.Captured);
        if (record.Captured < record.Original)
            _cut = record.Captured;
        if (_any && packet.Timestamp < _last - ExchangeTolerance)
        {
            _backwards.Add(packet.Offset);
            _worstStepBack = Math.Max(_worstStepBack, _last - packet.Timestamp);
        }

        if (!FitsIpHeader(packet))
            _wireLength.Add(packet.Offset);
        _last = packet.Timestamp;
        _any = true;
    }

    /// <summary>Records like those observed before were passed over; the last of them had this timestamp.</summary>
    public void Resume(long last) => _last = last;

    /// <summary>What was found so far that did not end the reading.</summary>
    public IEnumerable<CaptureProblem> Problems()
    {
        if (_backwards.Count > 0)
        {
            yield return new(CaptureProblemKind.TimeBackwards, path, _backwards.First, Invariant(
                $"Time runs backwards in {path}, first at byte {_backwards.First} (packets: {_backwards.Count}), by up to {_worstStepBack / 1e9:0.######} s. A clock was set or a timestamp is damaged; capture again with one clock that is left alone."));
        }

        if (_wireLength.Count > 0)
        {
            yield return new(CaptureProblemKind.WireLength, path, _wireLength.First, Invariant(
                $"The record at byte {_wireLength.First} of {path} gives a packet length that contradicts the packet's own IP header (records like that: {_wireLength.Count}). The capture is damaged; copy it again from where it was captured."));
        }
    }

    /// <summary>
    /// On the wire are the IP packet, what is in front of it, and either nothing more or the same few bytes throughout (FCS, or the 8-byte
    /// timestamp that MoonGen appends); short Ethernet frames are padded to 60 bytes, or 64 with FCS.
    /// </summary>
    private bool FitsIpHeader(in Packet packet)
    {
        if (!FrameLayout.TryFindIp(packet.Bytes, packet.LinkType, out var start, out var length))
            return true;

        var more = packet.OriginalLength - start - length;
        if (more > 0 && packet.LinkType == LinkType.Ethernet && packet.OriginalLength is (60 or 64))
            return true;
        if (_trailer == Unknown && more is (0 or 4 or 8 or 12))
            _trailer = more;
        return more == _trailer;
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>How often something occurred, and where first.</summary>
    private struct Repeated
    {
        public long Count;
        public long First;

        public void Add(long offset)
        {
            if (Count++ == 0)
                First = offset;
        }
    }
}
