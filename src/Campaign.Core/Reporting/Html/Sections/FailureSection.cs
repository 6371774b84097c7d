using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Conducting;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Everything that did not go as planned, and what was left out on purpose. Nothing is dropped silently.</summary>
internal static class FailureSection
{
    private const int AtMost = 100;
    private const int LogLines = 10;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        ImmutableArray<(CellAnalysis Cell, TrialAnalysis Trial)> notOk =
            [.. input.Analysis.Cells.SelectMany(c => c.Trials.Select(t => (c, t))).Where(p => p.t.State != TrialState.Ok).OrderByDescending(p => p.t.State)];
        yield return notOk.IsEmpty
            ? new Tag("p") { "Every trial that was run ended ok." }
            : new Tag("ul", ("class", "failures")) { notOk.Take(AtMost).Select(p => Item(input, p.Cell, p.Trial)) };
        if (notOk.Length > AtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"{notOk.Length - AtMost} more are in summary.csv, with their reasons." };
        }

        yield return new Tag("h3") { "Left out by the campaign" };
        yield return input.Sweep.Excluded.IsEmpty
            ? new Tag("p") { "The campaign excludes no combination." }
            : Table.Of(
                "Combinations that were not measured", "pairs", ["reason", "combinations"],
                Table.Body(input.Sweep.Excluded.Select(e => Table.Row(e.Reason, e.Count.ToString(CultureInfo.InvariantCulture)))));
    }

    private static Tag Item(ReportInput input, CellAnalysis cell, TrialAnalysis trial)
    {
        var result = trial.Trial.Result;
        return new Tag("li")
        {
            new Tag("strong", ("class", "is-" + StateWords.Of(trial.State)))
            {
                $"{StateWords.Of(trial.State)}{(result.FailedStep.Length > 0 ? $" in {result.FailedStep}" : "")}",
            },
            $" {input.Label.Of(cell.Values)}, repeat {trial.Repeat} ",
            new Tag("a", ("href", "#t" + trial.Id)) { trial.Id },
            result.Reasons.Select(r => new Tag("p") { r }),
            trial.State == TrialState.Degraded || result.Log.IsEmpty ? null : Log(result.Log),
        };
    }

    /// <summary>The last lines of a trial's log, with seconds since its start.</summary>
    private static Tag Log(ImmutableArray<LogLine> log) =>
        new("pre", ("tabindex", "0"), ("aria-label", "Last lines of the log"))
        {
            log.Length > LogLines ? $"… {log.Length - LogLines} lines before\n" : "",
            string.Join('\n', log.TakeLast(LogLines).Select(l => string.Create(CultureInfo.InvariantCulture, $"{l.At.TotalSeconds,8:0.000} s  {l.Text}"))),
        };
}
