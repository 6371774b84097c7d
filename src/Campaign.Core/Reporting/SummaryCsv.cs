using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Querying;
using Campaign.Conducting;
using Campaign.Storage;
using Campaign.Testbeds;
using CsvHelper;

namespace Campaign.Reporting;

/// <summary>One row for each planned trial, in the order of execution. What was recorded stands behind, under the names that it was given; a name that is taken gets the prefix that a query has for it. What was not measured, and percentiles that are not stated, are empty.</summary>
internal static class SummaryCsv
{
    private static readonly CsvWriterOptions Format = new() { NewLine = "\n" };

    private static readonly ImmutableArray<string> Planned = ["trial", "repeat", "block", "boot_state"];

    /// <summary>The columns behind those of the plan.</summary>
    public static readonly ImmutableArray<SummaryColumn> Columns =
    [
        new("trial_state", "ok, degraded, invalid, failed or missing", t => t.State.ToString().ToLowerInvariant()),
        new("trial_counts", "whether its numbers go into those of its cell", t => t.Records ? "true" : "false"),
        new("trial_reasons", "why the state is not ok, in sentences", t => string.Join(' ', t.Trial.Result.Reasons)),
        new("started", "when it began, ISO 8601", t => t.Trial.Result.Started.ToString("O", CultureInfo.InvariantCulture)),
        new("took_s", "how long all of its steps took, seconds", t => t.Trial.Result.Took.TotalSeconds),
        new("asked_pps", "the rate that was asked for, packets per second", t => t.Measurement?.Asked.Rate),
        new("offered_pps", "the rate before the device, from the capture, packets per second", t => t.Known(Unknown.Counts)?.Pre.PacketsPerSecond),
        new("sent", "packets before the device", t => t.Known(Unknown.Counts)?.Pre.Packets),
        new("received", "packets behind it", t => t.Known(Unknown.Counts)?.Post.Packets),
        new("matched", "packets with a latency", t => t.Evaluation?.Matched),
        new("lost", "packets seen before and never behind", t => t.Known(Unknown.Counts)?.Lost),
        new("loss_ppm", "the same as a share of those sent, parts per million", t => t.Loss * 1e6),
        new("longest_loss_burst", "most packets lost one after the other", t => t.Known(Unknown.LossBurst)?.LongestLossBurst),
        new("duplicates_pre", "packets before the device that cannot be told from another; none of them is matched", t => t.Known(Unknown.Duplicates)?.DuplicatesPre),
        new("duplicates_post", "second and later arrivals of a packet", t => t.Known(Unknown.Duplicates)?.DuplicatesPost),
        new("reordered", "packets that arrived after one that was sent later (RFC 4737)", t => t.Known(Unknown.Reordering)?.Reordered),
        new("unmatched_post", "packets behind the device that were never seen before it", t => t.Known(Unknown.Counts)?.UnmatchedPost),
        new("outside_window", "packets that arrived too early or too late to be matched", t => t.Known(Unknown.Window)?.OutsideWindow),
        new("trimmed", "matched packets that the trim left out", t => t.Known(Unknown.Counts)?.Trimmed),
        new("sent_late", "packets that the generator sent after their time", t => Sent(t)?.Late),
        new("worst_lateness_ns", "by how much at worst, nanoseconds", t => Sent(t)?.WorstLateness),
        .. Measure.All.Select(m => new SummaryColumn(
            $"{m.Name}_ns", m.Percentile is null ? $"{m.Name} of the latencies, nanoseconds" : $"latency that {m.Name[1..]} % of the packets do not exceed, nanoseconds; empty where too few packets support it", t => t.Figures[m.Index])),
    ];

    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using var csv = CsvWriter.Create(text, Format, leaveOpen: true);
        var measured = analysis.Trials.ToDictionary(t => t.Id);
        string[] recorded = [.. analysis.Trials.SelectMany(t => t.Trial.Result.Metrics).Select(m => m.Name).Distinct()];
        WriteRow(csv, [Planned[0], .. sweep.Axes.Select(a => OfAxis(a.Name)), .. Planned[1..], .. Columns.Select(c => c.Name), .. recorded.Select(n => OfMetric(sweep, n))]);
        foreach (var planned in sweep.Trials)
        {
            var trial = measured.GetValueOrDefault(planned.Id);
            WriteRow(csv,
            [
                sweep.Sides.IsEmpty ? planned.Id : SideBySide.TrialOf(planned.Id),
                .. sweep.Axes.Select(a => planned.Cell.FirstOrDefault(v => v.Key == a.Name).Value?.ToString()),
                planned.Repeat, planned.Block, planned.BootState,
                .. trial is null ? Columns.Select(c => c.Name == "trial_state" ? "missing" : null) : Columns.Select(c => c.Value(trial)),
                .. recorded.Select(name => trial?.Trial.Result.Metrics.LastOrDefault(m => m.Name == name)?.Value),
            ]);
        }

        csv.Flush();
        return text.ToString();
    }

    /// <summary>Header of an axis.</summary>
    public static string OfAxis(string name) => Planned.Contains(name) || Columns.Any(c => c.Name == name) ? QueryFields.AxisPrefix + name : name;

    /// <summary>Header of what was recorded under a name.</summary>
    public static string OfMetric(SweepRecord sweep, string name) =>
        OfAxis(name) != name || name.StartsWith(QueryFields.MetricPrefix, StringComparison.Ordinal) || sweep.Axes.Any(a => OfAxis(a.Name) == name) ? QueryFields.MetricPrefix + name : name;

    // Imports of histograms have no generator that could tell.
    private static TrafficOutcome? Sent(TrialAnalysis trial) => trial.Known(Unknown.Counts) is null ? null : trial.Measurement?.Outcome;

    private static void WriteRow(CsvWriter csv, IEnumerable<object?> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(Convert.ToString(field, CultureInfo.InvariantCulture));
        }

        csv.EndRecord();
    }
}

/// <summary>A column of <c>summary.csv</c>.</summary>
/// <param name="Name">Its header.</param>
/// <param name="Meaning">What it holds, with its unit.</param>
/// <param name="Value">Of a finished trial; null: empty.</param>
internal sealed record SummaryColumn(string Name, string Meaning, Func<TrialAnalysis, object?> Value);
