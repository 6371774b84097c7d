using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What a reader sees first: on what it was measured, the question, and what was found.</summary>
internal static class Opening
{
    private const int ShownAtFirst = 8;

    /// <summary>The first line of the report.</summary>
    public static Tag Banner(SweepRecord sweep)
    {
        if (sweep.Imported is { } imported)
        {
            return new Tag("header", ("class", "banner"))
            {
                new Tag("strong") { "Imported." }, $" {imported.Format} from {imported.Source}: measured by others, not measured or attested here.",
            };
        }

        var (what, caution) = (sweep.Simulated, sweep.Driver) switch
        {
            (true, _) => ("Simulated.", "No packet was sent: every figure below was made up from a seed."),
            (_, "local") => ("Measured on one machine over loopback.", "Figures of a busy PC, not of a lab."),
            (_, "virtual") => ("Measured on an emulated machine.", "Figures of an emulator, not of a lab."),
            _ => ("Measured on a testbed of real hosts.", ""),
        };
        return new Tag("header", ("class", sweep.Simulated ? "banner made-up" : "banner"))
        {
            new Tag("strong") { what }, $" {caution}", new Tag("span") { $" Testbed: {sweep.TestbedTitle}, driver {sweep.Driver}." },
        };
    }

    public static Tag Head(ReportInput input)
    {
        var sweep = input.Sweep;
        return new Tag("div")
        {
            new Tag("p", ("class", "over")) { $"{sweep.Campaign}/{sweep.Id}, begun {Times.Of(sweep.Started)}" },
            new Tag("h1") { sweep.Title },
            sweep.Question.Length > 0 ? new Tag("p", ("class", "question")) { sweep.Question } : null,
            new Tag("h2", ("id", "findings")) { "Findings" },
            input.Analysis.Findings.GroupBy(f => f.Kind).Select(Findings),
        };
    }

    // What does not count is read whole; of what was measured, the first are enough to begin with.
    private static Tag Findings(IGrouping<FindingKind, Finding> findings)
    {
        var shown = findings.Key is FindingKind.Problem or FindingKind.Unknown ? int.MaxValue : ShownAtFirst;
        var list = new Tag("div") { List(findings.Take(shown)) };
        if (findings.Skip(shown).ToArray() is { Length: > 0 } more)
        {
            list.Add(new Tag("details", ("class", "more")) { new Tag("summary") { Plural.Of(more.Length, $"more {(findings.Key == FindingKind.Result ? "result" : "caution")}") }, List(more) });
        }

        return list;
    }

    private static Tag List(IEnumerable<Finding> findings) => new("ul", ("class", "findings")) { findings.Select(Finding) };

    private static Tag Finding(Finding finding) =>
        new("li", ("class", finding.Kind.ToString().ToLowerInvariant()))
        {
            finding.Kind is FindingKind.Result ? null : new Tag("b") { finding.Kind + ": " },
            finding.Text, " ",
            new Tag("a", ("href", Anchor(finding)), ("aria-label", $"Evidence: {finding.Evidence.ToString().ToLowerInvariant()}")) { "Evidence" },
        };

    private static string Anchor(Finding finding) => finding.Evidence switch
    {
        Evidence.Comparison when finding.Name.Length > 0 => "#" + EffectSection.IdOf(finding.Name),
        Evidence.Comparison => "#effects",
        var evidence => "#" + evidence.ToString().ToLowerInvariant(),
    };
}
