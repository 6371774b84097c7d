using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>Looks into the middle of a capture, where nothing says where a record begins: a chain of headers that all make sense is taken for records.</summary>
internal static class RecordProbe
{
    private const int Chain = 64;
    private const int Looked = 1 << 16;
    private const uint LongestTrial = 86_400;

    /// <summary>Ids and offsets of the records from <paramref name="near"/> on; none when no record can be made out.</summary>
    public static List<(uint Id, long Offset)> Read(SequentialCapture capture, long near, int records)
    {
        var found = new List<(uint, long)>(records);
        var from = near == FileHeader.Size ? near : Align(capture, near);
        if (from < 0)
            return found;

        try
        {
            var side = new Side(capture, from, capture.Length, capture.First, counts: false);
            for (var offset = from; found.Count < records && side.TryTake(out var packet); offset = side.Window.Offset)
            {
                if (MoonsniffIdentity.TryRead(packet, out var id))
                    found.Add((id, offset));
            }
        }
        catch (NotSequentialException)
        {
            found.Clear();
        }

        return found;
    }

    private static long Align(SequentialCapture capture, long near)
    {
        var bytes = new byte[Looked];
        var read = capture.Bytes.Read(bytes, near);
        for (var at = 0; at + RecordHeader.Size < read; at++)
        {
            if (IsChain(capture, bytes.AsSpan(at, read - at)))
                return near + at;
        }

        return -1;
    }

    private static bool IsChain(SequentialCapture capture, ReadOnlySpan<byte> bytes)
    {
        for (var link = 0; link < Chain && bytes.Length >= RecordHeader.Size; link++)
        {
            var record = RecordHeader.Read(bytes, bigEndian: false);
            if (record.Captured == 0 || record.Captured > record.Original || record.Captured > capture.Format.SnapLength || record.Fraction >= 1_000_000_000
                || record.Seconds - (uint)(capture.First / 1_000_000_000) > LongestTrial)
                return false;
            bytes = bytes[Math.Min(bytes.Length, RecordHeader.Size + (int)record.Captured)..];
        }

        return true;
    }
}
