using ZstdSharp;

namespace Campaign.Captures;

/// <summary>What becomes of a capture once it has been evaluated.</summary>
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
}
