using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Storage;
using Campaign.Testbeds;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The machines as they described themselves, and what the campaign set.</summary>
internal static class SettingsSection
{
    private const int ValuesAtMost = 6;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var sweep = input.Sweep;
        yield return sweep.Provenance.Facts.IsEmpty
            ? new Tag("p") { "No facts of the machines were recorded." }
            : Table.Pairs("Facts of the machines", "fact", "value", sweep.Provenance.Facts.Select(f => (f.Name, f.Value)));
        var differing = Differing([.. input.Analysis.Trials]);
        if (differing.Length > 0)
        {
            yield return Table.Pairs("Facts that differ between trials", "fact", "values", differing);
        }

        yield return Table.Pairs("How it was run", "setting", "value", Settings(sweep));
        yield return Table.Pairs("Axes", "axis", "levels", sweep.Axes.Select(a => (a.Name, string.Join(", ", a.Values.Select(v => input.Label.Of(a.Name, v))))));
        if (!sweep.Parameters.IsEmpty)
        {
            yield return Table.Pairs("Parameters", "parameter", "value", sweep.Parameters.Select(p => (p.Key, p.Value.ToString())));
        }
    }

    private static IEnumerable<(string, string)> Settings(SweepRecord sweep)
    {
        yield return ("between two trials on one boot state", sweep.Freshness switch
        {
            "boot" => "a boot: no trial shares one with another",
            "snapshot" => "the machine was brought back to the moment when its node had been set up; repeats share that moment",
            _ => "tearing down and setting up again; trials on one boot state share a boot",
        });
        if (sweep.Profile.Length > 0)
        {
            yield return ("profile", sweep.Profile);
        }
    }

    private static ImmutableArray<(string Name, string Values)> Differing(ImmutableArray<TrialAnalysis> trials) =>
    [
        .. trials.SelectMany(t => t.Trial.Result.Facts.Distinct()).GroupBy(f => f.Name).OrderBy(g => g.Key, StringComparer.Ordinal)
            .Select(g => (g.Key, Values: g.GroupBy(f => f.Value).OrderByDescending(v => v.Count()).ThenBy(v => v.Key, StringComparer.Ordinal).ToArray()))
            .Where(g => g.Values.Length > 1).Select(g => (g.Key, Describe(g.Values))),
    ];

    private static string Describe(IGrouping<string, Fact>[] values) =>
        string.Join("; ", values.Take(ValuesAtMost).Select(v => $"{v.Key} ({Plural.Of(v.Count(), "trial")})"))
        + (values.Length > ValuesAtMost ? $"; and {values.Length - ValuesAtMost} more values" : "");
}
