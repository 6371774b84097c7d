using Campaign.Diagnostics;

namespace Campaign.Testbeds.Virtual.Images;

/// <summary>What virtual testbeds keep on this machine between runs: <c>$XDG_CACHE_HOME/campaign</c>.</summary>
internal static class CacheFolder
{
    /// <summary>The folder, which exists afterwards.</summary>
    /// <exception cref="CampaignException">Exit code 6: it cannot be made.</exception>
    public static string Find()
    {
        var home = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        var path = Path.Combine(
            home is { Length: > 0 } ? home : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"), "campaign");
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
