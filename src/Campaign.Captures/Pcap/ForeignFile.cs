using System.Buffers.Binary;
using System.Text;

namespace Campaign.Captures.Pcap;

/// <summary>Says what a file is that is no pcap.</summary>
internal static class ForeignFile
{
    public static string Describe(string path, ReadOnlySpan<byte> start)
    {
        if (start.IsEmpty)
        {
            return $"{path} is empty. Was the capture ever started?";
        }

        return Magic(start) switch
        {
            0x0A0D0D0A => $"{path} is a pcapng file, which this version does not read. Convert it: editcap -F nsecpcap {path} {Path.ChangeExtension(path, ".pcap")}",
            _ when start is [0x1F, 0x8B, ..] => $"{path} is compressed with gzip. Unpack it first: gunzip {path}",
            _ when start is [0xFD, (byte)'7', (byte)'z', ..] => $"{path} is compressed with xz. Unpack it first: unxz {path}",
            _ when LooksLikeMoonSniff(start) => $"{path} looks like MoonSniff's .mscap (records of 12 bytes), which this version does not read. Capture with --capture to get pcap files.",
            _ when !start.ContainsAnyInRange((byte)0, (byte)8) => $"{path} is a text file, not a capture: it begins with '{Beginning(start)}'.",
            var magic => $"{path} is not a pcap file: it begins with 0x{magic:x8}.",
        };
    }

    private static uint Magic(ReadOnlySpan<byte> start) => start.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(start) : 0;

    // Two records: timestamps below 2^32 ns apart and not running backwards by much, ids that follow each other.
    private static bool LooksLikeMoonSniff(ReadOnlySpan<byte> start)
    {
        if (start.Length < 24)
        {
            return false;
        }

        var (first, second) = (BinaryPrimitives.ReadUInt32LittleEndian(start[8..]), BinaryPrimitives.ReadUInt32LittleEndian(start[20..]));
        var apart = BinaryPrimitives.ReadInt64LittleEndian(start[12..]) - BinaryPrimitives.ReadInt64LittleEndian(start);
        return second - first is > 0 and < 1000 && apart is > 0 and < uint.MaxValue;
    }

    private static string Beginning(ReadOnlySpan<byte> start)
    {
        var line = start.IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var end ? start[..end] : start;
        return Encoding.UTF8.GetString(line[..Math.Min(line.Length, 24)]);
    }
}
