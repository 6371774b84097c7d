using System.Buffers.Binary;
using System.Text;

namespace Campaign.Captures.Pcap;

/// <summary>Says what a file is that is no pcap capture, and what to do about it.</summary>
internal static class UnreadableFormat
{
    /// <param name="start">The first bytes, as many as there are up to a few hundred.</param>
    /// <param name="path">How the message calls the file.</param>
    public static string Describe(ReadOnlySpan<byte> start, string path)
    {
        if (start.IsEmpty)
            return $"{path} is empty. The capture was never written; capture again.";
        if (start.Length < 4)
            return $"{path} ends after {start.Length} {(start.Length == 1 ? "byte" : "bytes")}, within the first number of a file header. It was cut; copy it again from where it was captured.";
        if (!start.ContainsAnyExcept((byte)0))
            return $"{path} begins with zeros. Space was reserved for a capture that was never written; capture again.";

        var magic = BinaryPrimitives.ReadUInt32LittleEndian(start);
        if (Packer(magic) is var (name, command))
            return $"{path} is packed with {name}; plain and zstd captures are read. Unpack it first: {command} {path}";
        if (FileHeader.BitsFromMagic(magic) is var bits and <= 2)
            return $"{path} begins with {Hex(start)}, {bits} {(bits == 1 ? "bit" : "bits")} from the mark of a pcap or zstd file. Its file header is damaged; copy it again from where it was captured.";
        if (IsText(start))
            return $"{path} is a text file, not a capture. Name a pcap, pcapng or mscap file, plain or packed with zstd.";
        return $"{path} is not a pcap capture: it begins with {Hex(start)}. Name a pcap, pcapng or mscap file, plain or packed with zstd.";
    }

    private static (string Name, string Command)? Packer(uint magic) => magic switch
    {
        _ when (magic & 0xFFFF) == 0x8B1F => ("gzip", "gunzip -k"),
        _ when (magic & 0xFFFFFF) == 0x685A42 => ("bzip2", "bunzip2 -k"),
        0x587A37FD => ("xz", "unxz -k"),
        0x184D2204 => ("lz4", "unlz4"),
        0x04034B50 => ("zip", "unzip"),
        CaptureSource.ZstdFrame => ("zstd twice", "unzstd"),
        _ => null,
    };

    private static string Hex(ReadOnlySpan<byte> start) => string.Join(' ', Convert.ToHexStringLower(start[..4]).Chunk(2).Select(pair => new string(pair)));

    private static bool IsText(ReadOnlySpan<byte> start)
    {
        foreach (var rune in Encoding.UTF8.GetString(start).EnumerateRunes())
        {
            if (Rune.IsControl(rune) && rune.Value is not ('\t' or '\n' or '\r' or '\f' or '\e'))
                return false;
        }

        // A character cut at the end of the sample becomes one replacement character; binary data has many.
        return Encoding.UTF8.GetString(start).Count('\uFFFD') <= 1;
    }

    /// <summary>Three records whose times grow by under 10 s and whose ids grow by little: chance does not look like that.</summary>
    public static bool IsMoonsniff(ReadOnlySpan<byte> start)
    {
        const int record = 12;
        if (start.Length < 3 * record)
            return false;

        for (var at = 0; at < 2 * record; at += record)
        {
            var (time, next) = (BinaryPrimitives.ReadUInt64LittleEndian(start[at..]), BinaryPrimitives.ReadUInt64LittleEndian(start[(at + record)..]));
            var wait = time <= uint.MaxValue && next <= uint.MaxValue ? (uint)(next - time) : next - time;
            var step = BinaryPrimitives.ReadUInt32LittleEndian(start[(at + record + 8)..]) - BinaryPrimitives.ReadUInt32LittleEndian(start[(at + 8)..]);
            if (wait > 10_000_000_000 || step is 0 or > 1000)
                return false;
        }

        return true;
    }
}
