using System.Globalization;
using Campaign.Reporting.Html;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Reporting.Sections;

/// <summary>Every trial with its evidence: how it ended, what was asked and observed, its files.</summary>
internal static class Trials
{
    private const int LogLines = 20;

    public static void Write(HtmlWriter html, StoredSweep stored)
    {
        html.Element("h2", "Trials");
        html.Element("p.note", "In the order of the plan. Each opens to its steps, what was asked for and what was observed, and its files.");
        foreach (var trial in stored.Trials)
        {
            html.Line();
            html.Element("details", () =>
            {
                html.Element("summary", () => Summary(html, trial));
                html.Element("div", () => Evidence(html, stored, trial));
            }, ("id", "trial-" + trial.Header.Id));
        }
    }

    private static void Summary(HtmlWriter html, StoredTrial trial)
    {
        var state = trial.Result.State.ToString().ToLowerInvariant();
        html.Element("strong." + state, state);
        html.Text($"  {string.Join(", ", trial.Header.Cell.Select(c => $"{c.Key}={c.Value}"))}, repeat {trial.Header.Repeat.ToString(CultureInfo.InvariantCulture)}");
        html.Element("small", $"  {trial.Header.Id}");
    }

    private static void Evidence(HtmlWriter html, StoredSweep stored, StoredTrial trial)
    {
        var result = trial.Result;
        foreach (var reason in result.Reasons)
        {
            html.Element("p." + result.State.ToString().ToLowerInvariant(), reason);
        }

        html.Element("p.note", string.Create(
            CultureInfo.InvariantCulture,
            $"Started {result.Started.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC, took {HumanDuration.Format(result.Took)}: {string.Join(", ", result.Steps.Select(s => $"{s.Step} {HumanDuration.Format(s.Took)}"))}."));
        if (!result.Attestation.Claims.IsEmpty)
        {
            HtmlTable.Write(html, "Attestation", ["subject", "asked", "observed", "when", "holds"], result.Attestation.Claims.Select(c =>
                (IReadOnlyList<HtmlTable.Cell>)[c.Subject, c.Asked, c.Observed, c.When, c.Holds ? "yes" : new HtmlTable.Cell("no", Class: ".no")]));
        }

        if (!result.Metrics.IsEmpty)
        {
            HtmlTable.Write(html, "Recorded by the campaign", ["metric", "value#", "unit"], result.Metrics.Select(m =>
                (IReadOnlyList<HtmlTable.Cell>)[m.Name, m.Value.ToString("R", CultureInfo.InvariantCulture), m.Unit]));
        }

        Files(html, stored, trial);
        if (!result.Log.IsEmpty)
        {
            html.Element("pre", string.Join('\n', result.Log.TakeLast(LogLines).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.At.TotalSeconds,8:0.000} s  {l.Text}"))));
        }
    }

    private static void Files(HtmlWriter html, StoredSweep stored, StoredTrial trial)
    {
        var folder = Reporter.TrialFolderOf(stored, trial);
        string[] files = Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f)).Order(StringComparer.Ordinal)]
            : [];
        if (files.Length > 0)
        {
            html.Element("p", () =>
            {
                html.Text("Files: ");
                for (var i = 0; i < files.Length; i++)
                {
                    var link = string.Join('/', Path.Combine(Path.GetFileName(folder), files[i]).Split(Path.DirectorySeparatorChar).Select(Uri.EscapeDataString));
                    html.Element("a", files[i], ("href", link));
                    html.Text(i < files.Length - 1 ? ", " : "");
                }
            });
        }
    }
}
