namespace Campaign.Captures.Matching;

/// <summary>Counts the packets of one capture while they are read.</summary>
internal sealed class CaptureTally(string path)
{
    private int _frame;

    public string Path { get; } = path;

    public long Packets { get; private set; }

    public long First { get; private set; }

    public long Last { get; private set; }

    /// <summary>Packets without an identity: not the trial's traffic.</summary>
    public long Foreign { get; set; }

    public void Count(in Packet packet)
    {
        if (Packets++ == 0)
        {
            First = packet.Timestamp;
            _frame = packet.Length;
        }

        Last = Math.Max(Last, packet.Timestamp);
        _frame = _frame == packet.Length ? _frame : 0;
    }

    public CaptureSummary Summary(CaptureReader reader) =>
        new(Path, reader.Format, Packets, First, Last, reader.Offset, _frame);
}
