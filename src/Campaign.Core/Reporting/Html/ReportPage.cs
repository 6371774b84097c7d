using System.Collections.Immutable;
using System.Text;
using Campaign.Reporting.Html.Sections;

namespace Campaign.Reporting.Html;

/// <summary>The report as one HTML file that needs nothing else: no network, no font, and no script, though it has one that adds reading aids.</summary>
internal static class ReportPage
{
    private static readonly string Policy = $"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src '{ReportScript.Hash}'";

    private static readonly ImmutableArray<(string Id, string Title, Func<ReportInput, IEnumerable<Markup>> Content)> Sections =
    [
        ("overview", "Overview", OverviewSection.Of),
        ("effects", "Effects", EffectSection.Of),
        ("comparisons", "Comparisons", ComparisonSection.Of),
        ("stalls", "Stalls", StallSection.Of),
        ("seconds", "Second by second", SecondsSection.Of),
        ("traffic", "Rate, loss and order", TrafficSection.Of),
        ("interrupts", "Interrupts", InterruptSection.Of),
        ("settings", "Machines and settings", SettingsSection.Of),
        ("attestation", "Attestation", AttestationSection.Of),
        ("trials", "Trials", TrialSection.Of),
        ("failures", "Failures, remarks and exclusions", FailureSection.Of),
        ("methods", "Methods", MethodSection.Of),
        ("data", "Data", DataSection.Of),
        ("provenance", "Provenance", ProvenanceSection.Of),
    ];

    /// <summary>The same input gives the same bytes, whatever the culture or the time.</summary>
    public static string Render(ReportInput input)
    {
        var html = new StringBuilder("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append("<meta http-equiv=\"Content-Security-Policy\" content=\"").Append(Policy).Append("\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        new Tag("title") { $"{input.Sweep.Title} · {input.Sweep.Campaign}/{input.Sweep.Id}" }.Write(html);
        html.Append("\n<style>\n").Append(Stylesheet.Text).Append("</style>\n</head>\n");
        Body(input).Write(html);
        return html.Append("\n</html>\n").ToString();
    }

    private static Tag Body(ReportInput input) =>
        new("body", ("class", input.IsLong ? "long" : null))
        {
            Opening.Banner(input.Sweep),
            new Tag("main") { Opening.Head(input), Drawings.Of(input), Contents(), Sections.Select(s => Section(s.Id, s.Title, s.Content(input))) },
            new ReportScript(),
        };

    private static Tag Contents() =>
        new("nav", ("aria-label", "Contents")) { new Tag("ul") { Sections.Select(s => new Tag("li") { new Tag("a", ("href", "#" + s.Id)) { s.Title } }) } };

    private static Tag Section(string id, string title, IEnumerable<Markup> content) =>
        new("section", ("id", id), ("aria-labelledby", id + "-h")) { new Tag("h2", ("id", id + "-h")) { title }, content };
}
