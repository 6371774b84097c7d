using System.Collections.Immutable;
using Campaign.Diagnostics;

namespace Campaign.Storage;

/// <summary>How people name a stored sweep.</summary>
internal static class SweepName
{
    /// <param name="sweeps">Newest first.</param>
    /// <param name="name"><c>latest</c>, null, an id, its beginning, <c>campaign/id</c>, or a campaign.</param>
    /// <param name="folder">For messages.</param>
    /// <exception cref="CampaignException">None or several are called so.</exception>
    public static SweepSummary Choose(ImmutableArray<SweepSummary> sweeps, string? name, ResultsFolder folder)
    {
        if (sweeps.IsEmpty)
        {
            throw new CampaignException($"There is no sweep in {folder.Root} yet.", ExitCode.Nothing, "Measure something with campaign run.");
        }

        if (name is null or "latest")
        {
            return sweeps[0];
        }

        if (sweeps.FirstOrDefault(s => s.Sweep.Id == name || $"{s.Sweep.Campaign}/{s.Sweep.Id}" == name || s.Sweep.Campaign == name) is { } exact)
        {
            return exact;
        }

        var begin = sweeps.Where(s => Begins(s.Sweep.Id, name) || Begins($"{s.Sweep.Campaign}/{s.Sweep.Id}", name)).ToArray();
        return begin switch
        {
            [var one] => one,
            [] => throw new CampaignException($"There is no sweep '{name}' in {folder.Root}.", ExitCode.Nothing, "campaign list shows what is there."),
            _ => throw new CampaignException(
                $"'{name}' is the beginning of {begin.Length} sweeps: {string.Join(", ", begin.Select(s => s.Sweep.Id))}.",
                ExitCode.Usage,
                "Write more of the id."),
        };
    }

    private static bool Begins(string id, string name) => id.StartsWith(name, StringComparison.Ordinal);
}
