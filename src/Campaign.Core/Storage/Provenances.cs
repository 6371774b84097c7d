using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Testbeds;

namespace Campaign.Storage;

/// <summary>Gathers how a sweep is made.</summary>
internal static class Provenances
{
    /// <param name="version">Version and commit of the program.</param>
    /// <param name="commandLine">As typed.</param>
    /// <param name="definition">The campaign.</param>
    /// <param name="facts">Of the testbed's machines.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task<Provenance> OfAsync(
        string version, string commandLine, CampaignDefinition definition, ImmutableArray<Fact> facts, CancellationToken cancellationToken)
    {
        var git = await GitState.OfAsync(Path.GetDirectoryName(Path.GetFullPath(definition.File))!, cancellationToken);
        return new Provenance(version, git.Commit, git.Dirty, commandLine, Path.GetFullPath(definition.File), definition.Code.Hex, facts);
    }
}
