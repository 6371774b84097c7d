using System.Text;

namespace Campaign.Storage;

/// <summary>Files that are there whole or not at all: written beside their place, brought to disk, then renamed.</summary>
internal static class WholeFile
{
    /// <summary>Path of something inside a folder.</summary>
    /// <exception cref="ArgumentException">The name leads out of the folder.</exception>
    public static string Inside(string folder, string name)
    {
        var root = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        var path = Path.GetFullPath(Path.Combine(root, name));
        return path.StartsWith(root, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"The name '{name}' leads out of the folder {folder}.", nameof(name));
    }

    /// <summary>Writes UTF-8 text, creating the folders above; nothing happens when the file has this content already.</summary>
    public static void Write(string path, string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        if (File.Exists(path) && bytes.AsSpan().SequenceEqual(File.ReadAllBytes(path)))
        {
            return;
        }

        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var part = path + ".part";
        using (var file = new FileStream(part, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path, overwrite: true);
    }
}
