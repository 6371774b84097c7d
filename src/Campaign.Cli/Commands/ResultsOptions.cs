using System.CommandLine;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary>Where results are, and which sweep is meant.</summary>
internal static class ResultsOptions
{
    public static Option<string?> Folder() => new("--results", "-r")
    {
        Description = "Results folder; by default $CAMPAIGN_RESULTS, else results/ of the project.",
        HelpName = "DIR",
    };

    public static Argument<string?> Sweep() => new("SWEEP")
    {
        Description = "Id of a sweep or its beginning, or the name of a campaign; by default the latest.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public static ResultsFolder At(string? typed, Project? project = null) =>
        new(Path.GetFullPath(typed ?? Environment.GetEnvironmentVariable("CAMPAIGN_RESULTS") ?? (project ?? Project.Find()).Results));
}
