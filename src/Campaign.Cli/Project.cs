using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Cli;

/// <summary>Finds the project's folders and files, as people name them.</summary>
internal sealed class Project
{
    private Project(string root) => Root = root;

    /// <summary>The folder with <c>campaigns/</c> and <c>templates/</c>.</summary>
    public string Root { get; }

    public string Results => Path.Combine(Root, "results");

    /// <summary>The nearest folder upwards that has <c>campaigns/</c>, else the one that the launcher lies in.</summary>
    /// <exception cref="CampaignException">There is none.</exception>
    public static Project Find()
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, "campaigns")))
            {
                return new Project(folder.FullName);
            }
        }

        return Environment.GetEnvironmentVariable("CAMPAIGN_HOME") is { Length: > 0 } home && Directory.Exists(Path.Combine(home, "campaigns"))
            ? new Project(home)
            : throw new CampaignException(
                "There is no folder 'campaigns' here or above.", ExitCode.Usage, "Change to the folder of your project, which holds campaigns/ and templates/.");
    }

    /// <summary>A campaign file as typed: a path, or what comes behind <c>campaigns/</c>.</summary>
    /// <exception cref="CampaignException">There is no such file; the message lists those that there are.</exception>
    public string CampaignFile(string typed)
    {
        string[] candidates = [typed, Path.Combine(Root, "campaigns", typed), Path.Combine(Root, "campaigns", typed + ".lua")];
        if (Array.Find(candidates, File.Exists) is { } found)
        {
            return ShownPath.Of(found);
        }

        var sweeps = Path.Combine(Root, "campaigns", "sweeps");
        var known = Directory.Exists(sweeps) ? Directory.GetFiles(sweeps, "*.lua").Select(f => "sweeps/" + Path.GetFileName(f)).Order(StringComparer.Ordinal).ToArray() : [];
        throw new CampaignException($"There is no campaign file '{typed}'.", ExitCode.Definition, $"There are: {string.Join(", ", known)}.");
    }

    /// <summary>What the options of a verb say about the campaign to load.</summary>
    /// <param name="file">As typed.</param>
    /// <param name="testbed">Null: the one that the campaign names.</param>
    /// <param name="settings"><c>name=value</c>, as typed.</param>
    /// <param name="seed">Null: derived from the campaign's name.</param>
    public CampaignSource Source(string file, string? testbed, IEnumerable<string> settings, long? seed, string? profile) => new(
        CampaignFile(file), Root, testbed ?? Environment.GetEnvironmentVariable("CAMPAIGN_TESTBED"), [.. settings.Select(Setting)], seed, profile);

    private static KeyValuePair<string, string> Setting(string typed) => typed.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
        ? KeyValuePair.Create(typed[..at], typed[(at + 1)..])
        : throw new CampaignException($"'--set {typed}' has no '='.", ExitCode.Usage, "Write --set name=value, for example --set duration=30.");
}
