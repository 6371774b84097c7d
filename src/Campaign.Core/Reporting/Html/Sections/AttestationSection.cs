using Campaign.Analysis;
using Campaign.Attestation;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What was asked of the testbed and what was read back, over all trials.</summary>
internal static class AttestationSection
{
    private const int NamesAtMost = 6;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var claims = input.Analysis.Trials.SelectMany(t => t.Trial.Result.Attestation.Claims.Select(c => (Claim: c, Trial: t)))
            .GroupBy(c => c.Claim with { When = "" }).OrderBy(g => g.Key.Holds).ThenBy(g => g.Key.Subject, StringComparer.Ordinal).ToArray();
        if (claims.Length == 0)
        {
            yield return new Tag("p") { "Nothing was read back from the testbed, so nothing proves the state that the trials ran in." };
            yield break;
        }

        yield return new Tag("p", ("class", "lead")) { "Before and after each measurement the state of the testbed is read back and held against what was asked for. A trial with a claim that does not hold is invalid." };
        yield return Table.Of(
            "Asked and observed", "claims", ["what", "asked", "observed", "holds", "trials"],
            Table.Body(claims.Select(g => Row(g.Key, [.. g.Select(c => c.Trial).Distinct()]))));
    }

    /// <summary>The claims of one trial.</summary>
    public static Tag Claims(TrialAnalysis trial) => Table.Of(
        "Attestation", "claims", ["what", "asked", "observed", "holds", "when"],
        Table.Body(trial.Trial.Result.Attestation.Claims.Select(c => new Tag("tr") { Table.RowHeader(c.Subject), Cells(c), new Tag("td") { c.When } })));

    private static Tag Row(Claim claim, TrialAnalysis[] trials) =>
        new("tr")
        {
            Table.RowHeader(claim.Subject), Cells(claim),
            new Tag("td")
            {
                Plural.Number(trials.Length),
                claim.Holds ? "" : $": {string.Join(", ", trials.Take(NamesAtMost).Select(t => t.Id))}{(trials.Length > NamesAtMost ? ", …" : "")}",
            },
        };

    private static IEnumerable<Tag> Cells(Claim claim) =>
    [
        new Tag("td") { claim.Asked }, new Tag("td") { claim.Observed.Length == 0 ? "could not be read" : claim.Observed },
        new Tag("td", ("class", claim.Holds ? null : "mark")) { claim.Holds ? "yes" : "no" },
    ];
}
