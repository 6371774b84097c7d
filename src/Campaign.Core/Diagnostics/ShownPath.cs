namespace Campaign.Diagnostics;

/// <summary>Paths as people read them.</summary>
internal static class ShownPath
{
    /// <summary>Relative to the current folder for what lies in it, otherwise whole.</summary>
    public static string Of(string path)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
        return relative.StartsWith("..", StringComparison.Ordinal) ? Path.GetFullPath(path) : relative;
    }
}
