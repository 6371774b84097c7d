namespace Campaign.Storage;

/// <summary>Copies folders from one results folder to another. Where the file system can share blocks, no data is copied.</summary>
internal static class FolderCopy
{
    /// <summary>A folder with all below it: there whole or not at all, replacing what an interrupted attempt left. A missing folder is no error: people tidy up.</summary>
    public static void Copy(string source, string target)
    {
        if (!Directory.Exists(source))
        {
            return;
        }

        var part = target + ".part";
        Delete(part);
        Directory.CreateDirectory(part);
        foreach (var folder in Directory.EnumerateDirectories(source, "*", SearchOption.AllDirectories))
        {
            Directory.CreateDirectory(Path.Combine(part, Path.GetRelativePath(source, folder)));
        }

        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            CopyFile(file, Path.Combine(part, Path.GetRelativePath(source, file)));
        }

        Delete(target);
        Directory.Move(part, target);
    }

    private static void Delete(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void CopyFile(string source, string target)
    {
        File.Copy(source, target);
        using var file = new FileStream(target, FileMode.Open, FileAccess.Write);
        file.Flush(flushToDisk: true);
    }
}
