using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>What campaigns keep on this machine between runs, and can make again: <c>$XDG_CACHE_HOME/campaign</c>.</summary>
internal static class CacheFolder
{
    public static string Path { get; } = System.IO.Path.Combine(
        Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } home
            ? home
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
        "campaign");

    /// <summary>The folder, or one in it, which exists afterwards.</summary>
    /// <exception cref="CampaignException">Exit code 6: it cannot be made.</exception>
    public static string Make(string folder = "")
    {
        var path = System.IO.Path.Combine(Path, folder);
        try
        {
            return Directory.CreateDirectory(path).FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CampaignException($"The folder {path} cannot be made: {e.Message}", ExitCode.Testbed, "Set XDG_CACHE_HOME to a folder of yours.", e);
        }
    }
}
