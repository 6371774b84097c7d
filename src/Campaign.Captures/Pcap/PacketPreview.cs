namespace Campaign.Captures.Pcap;

/// <summary>Walks over packets that are in the buffer already, so that something can be decided before any is read.</summary>
internal ref struct PacketPreview(ReadOnlySpan<byte> records, CaptureFormat format)
{
    private ReadOnlySpan<byte> _rest = records;

    public bool TryRead(out Packet packet)
    {
        packet = default;
        if (_rest.Length < RecordHeader.Size)
            return false;

        var record = RecordHeader.Read(_rest, format.BigEndian);
        if (record.Captured > _rest.Length - RecordHeader.Size)
            return false;

        var size = RecordHeader.Size + (int)record.Captured;
        packet = new Packet(record.Timestamp(format.Nanoseconds), (int)record.Original, format.LinkType, -1, _rest[RecordHeader.Size..size]);
        _rest = _rest[size..];
        return true;
    }
}
