using Campaign.Reporting.Html;
using Campaign.Storage;

namespace Campaign.Reporting.Sections;

/// <summary>What was asked for and where it ran: parameters, exclusions, facts of the machines, provenance.</summary>
internal static class Surroundings
{
    public static void Write(HtmlWriter html, StoredSweep stored)
    {
        var sweep = stored.Sweep;
        html.Element("h2", "Testbed and parameters");
        List(html, [
            .. sweep.Parameters.Select(p => (p.Key, p.Value.ToString())),
            .. sweep.Axes.Select(a => ($"axis {a.Name}", $"{string.Join(", ", a.Values)} {a.Unit}".TrimEnd())),
            .. sweep.Excluded.Select(e => ("left out", FormattableString.Invariant($"{e.Count} combinations: {e.Reason}"))),
            .. sweep.Gates.Select(g => ("gate, not judged yet", g)),
        ]);
        html.Element("h3", "Facts of the machines");
        List(html, [.. sweep.Provenance.Facts.Select(f => (f.Name, f.Value))]);
        html.Element("h3", "How this was made");
        var made = sweep.Provenance;
        List(html, [
            ("program", made.Version),
            ("command line", made.CommandLine),
            ("campaign file", made.CampaignFile),
            ("git commit", made.GitCommit.Length == 0 ? "not under git" : made.GitCommit + (made.GitDirty ? ", with uncommitted changes" : "")),
            ("campaign's code", made.CodeDigest),
            ("seed", FormattableString.Invariant($"{sweep.Seed}")),
            ("identity of the plan", sweep.Identity),
            .. sweep.Origins.Select(o => ("joined with", FormattableString.Invariant($"{o.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC: {o.Provenance.CommandLine}"))),
        ]);
    }

    private static void List(HtmlWriter html, IReadOnlyList<(string Name, string Value)> entries)
    {
        if (entries.Count > 0)
        {
            html.Element("dl", () =>
            {
                foreach (var (name, value) in entries)
                {
                    html.Element("dt", name);
                    html.Element("dd", value);
                }
            });
        }
    }
}
