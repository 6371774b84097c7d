using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Units;

namespace Campaign.Rendering;

/// <summary>
/// The digest of what a trial's result depends on beside its cell. A result is stale when it differs: SHA-256 of the boot state, every file with host,
/// path and content, the parameters by name and value, and what the campaign's code does.
/// </summary>
internal static class TrialInputs
{
    public static Digest Of(CampaignDefinition definition, BootState boot, ImmutableArray<HostFile> files)
    {
        using var digest = new DigestBuilder();
        digest.Add(definition.Code.Hex).Add(boot.Id).Add(files.Length);
        foreach (var file in files)
        {
            digest.Add(file.Host).Add(file.Path).Add(file.Content);
        }

        foreach (var parameter in definition.Parameters.OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            digest.Add(parameter.Name).Add(parameter.Value.Canonical);
        }

        return digest.ToDigest();
    }
}
