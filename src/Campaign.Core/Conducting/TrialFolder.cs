using Campaign.Definition;

namespace Campaign.Conducting;

/// <summary>The folder of one trial; the storage makes it and puts the rendered files there.</summary>
/// <param name="Path">Full path.</param>
internal sealed record TrialFolder(string Path)
{
    /// <summary>Name of the log with the latencies of each second.</summary>
    public const string SecondsName = "latency.hlog";

    /// <summary>Full path of something in the folder.</summary>
    /// <exception cref="EffectException">It would lie outside.</exception>
    public string Inside(string relative)
    {
        var full = System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relative));
        return full.StartsWith(Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? full
            : throw new EffectException($"'{relative}' lies outside the trial's folder. Give a path relative to it, without '..'.");
    }
}
