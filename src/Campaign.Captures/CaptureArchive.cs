using Campaign.Captures.Pcap;
using ZstdSharp;

namespace Campaign.Captures;

/// <summary>What becomes of a capture once it has been evaluated, and of the files that were made from it.</summary>
public static class CaptureArchive
{
    private const int Level = 3;

    /// <summary>Replaces a capture by its <c>.zst</c>; the original goes only when the compressed one is whole and on disk.</summary>
    /// <param name="path">An uncompressed capture.</param>
    /// <returns>Path of the compressed capture.</returns>
    public static string Compress(string path)
    {
        var (compressed, part) = (path + ".zst", path + ".zst.part");
        using (var from = File.OpenRead(path))
        using (var to = new FileStream(part, FileMode.Create, FileAccess.Write))
        {
            using (var zstd = new CompressionStream(to, Level, leaveOpen: true))
            {
                from.CopyTo(zstd);
            }

            to.Flush(flushToDisk: true);
        }

        File.Move(part, compressed, overwrite: true);
        File.Delete(path);
        return compressed;
    }

    /// <summary>The lines of a text file, one at a time, unpacked when its name ends in <c>.zst</c>.</summary>
    /// <exception cref="IOException">The file cannot be read, or is damaged.</exception>
    public static IEnumerable<string> ReadLines(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan);
        using var text = new StreamReader(path.EndsWith(".zst", StringComparison.Ordinal) ? new DecompressionStream(file, leaveOpen: true) : file);
        while (Next(text, path) is { } line)
            yield return line;
    }

    private static string? Next(StreamReader text, string path)
    {
        try
        {
            return text.ReadLine();
        }
        catch (Exception e) when (CaptureSource.IsDamage(e))
        {
            throw new IOException($"{path} is damaged: {e.Message}", e);
        }
    }
}
