using System.Globalization;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Where the numbers come from, and how to get them again.</summary>
internal static class ProvenanceSection
{
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var sweep = input.Sweep;
        yield return Table.Pairs("How this sweep was made", "what", "value",
        [
            .. Rows(sweep.Provenance),
            ("seed", sweep.Seed.ToString(CultureInfo.InvariantCulture)),
            ("plan", sweep.Identity),
            ("begun", Times.Of(sweep.Started)),
        ]);
        foreach (var origin in sweep.Origins)
        {
            yield return Table.Pairs($"Part begun {Times.Of(origin.Started)}", "what", "value", Rows(origin.Provenance));
        }
    }

    private static (string Name, string Value)[] Rows(Provenance provenance) =>
    [
        ("program", provenance.Version),
        ("command line", provenance.CommandLine),
        ("campaign", provenance.CampaignFile),
        ("commit", provenance.GitCommit.Length == 0 ? "not in git" : provenance.GitCommit + (provenance.GitDirty ? ", with uncommitted changes" : "")),
        ("digest of the campaign's code", provenance.CodeDigest),
    ];
}
