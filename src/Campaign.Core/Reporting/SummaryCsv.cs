using System.Globalization;
using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Storage;
using CsvHelper;

namespace Campaign.Reporting;

/// <summary>One row for each planned trial, in the order of execution. What was recorded stands behind, under the names that it was given. What was not measured, and percentiles that are not stated, are empty.</summary>
internal static class SummaryCsv
{
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n" };

    private static readonly (string Name, Func<TrialAnalysis, object?> Value)[] Columns =
    [
        ("trial_state", t => t.State.ToString().ToLowerInvariant()),
        ("trial_counts", t => t.Records ? "true" : "false"),
        ("trial_reasons", t => string.Join(' ', t.Trial.Result.Reasons)),
        ("started", t => t.Trial.Result.Started.ToString("O", CultureInfo.InvariantCulture)),
        ("took_s", t => t.Trial.Result.Took.TotalSeconds),
        ("asked_pps", t => t.Measurement?.Asked.Rate),
        ("offered_pps", t => t.Evaluation?.Pre.PacketsPerSecond),
        ("sent", t => t.Evaluation?.Pre.Packets),
        ("received", t => t.Evaluation?.Post.Packets),
        ("matched", t => t.Evaluation?.Matched),
        ("lost", t => t.Evaluation?.Lost),
        ("loss_ppm", t => t.Loss * 1e6),
        ("longest_loss_burst", t => Known(t, Unknown.LossBurst)?.LongestLossBurst),
        ("duplicates_pre", t => Known(t, Unknown.Duplicates)?.DuplicatesPre),
        ("duplicates_post", t => Known(t, Unknown.Duplicates)?.DuplicatesPost),
        ("reordered", t => Known(t, Unknown.Reordering)?.Reordered),
        ("unmatched_post", t => t.Evaluation?.UnmatchedPost),
        ("outside_window", t => Known(t, Unknown.Window)?.OutsideWindow),
        ("trimmed", t => t.Evaluation?.Trimmed),
        ("sent_late", t => t.Measurement?.Outcome.Late),
        ("worst_lateness_ns", t => t.Measurement?.Outcome.WorstLateness),
        .. Measure.All.Select(m => ($"{m.Name}_ns", new Func<TrialAnalysis, object?>(t => t.Figures[m.Index]))),
    ];

    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = CsvWriter.Create(text, Format, leaveOpen: true);
        var measured = analysis.Trials.ToDictionary(t => t.Id);
        string[] recorded = [.. analysis.Trials.SelectMany(t => t.Trial.Result.Metrics).Select(m => m.Name).Distinct()];
        WriteRow(csv, ["trial", .. sweep.Axes.Select(a => a.Name), "repeat", "block", "boot_state", .. Columns.Select(c => c.Name), .. recorded]);
        foreach (var planned in sweep.Trials)
        {
            var trial = measured.GetValueOrDefault(planned.Id);
            WriteRow(csv,
            [
                planned.Id,
                .. sweep.Axes.Select(a => planned.Cell.FirstOrDefault(v => v.Key == a.Name).Value?.ToString()),
                planned.Repeat, planned.Block, planned.BootState,
                .. trial is null ? Columns.Select(c => c.Name == "trial_state" ? "missing" : null) : Columns.Select(c => c.Value(trial)),
                .. recorded.Select(name => trial?.Trial.Result.Metrics.LastOrDefault(m => m.Name == name)?.Value),
            ]);
        }

        csv.Flush();
        return text.ToString();
    }

    private static LatencyEvaluation? Known(TrialAnalysis trial, string figure) => trial.Measurement?.Knows(figure) == true ? trial.Evaluation : null;

    private static void WriteRow(CsvWriter csv, IEnumerable<object?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(Convert.ToString(field, CultureInfo.InvariantCulture));
        }

        csv.EndRecord();
    }
}
