using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Storage;
using CsvHelper;

namespace Campaign.Reporting;

/// <summary>One row per trial: what it was, how it ended, what was measured. Latencies in nanoseconds, rates in packets per second.</summary>
internal static class SummaryCsv
{
    public static string Of(StoredSweep stored)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        using var csv = CsvWriter.Create(text, new CsvWriterOptions { NewLine = "\n" }, true);
        var axes = stored.Sweep.Axes.Select(a => a.Name).ToArray();
        Row(csv, ["trial", .. axes, "repeat", "state", "reasons", "asked_rate", "offered_rate", "sent", "matched", "lost", "duplicates", "reordered", "min_ns", .. Analyst.Fractions.Select(Column), "mean_ns"]);
        foreach (var trial in stored.Trials)
        {
            var cell = trial.Header.Cell.ToDictionary();
            Row(csv, [
                trial.Header.Id, .. axes.Select(a => cell.GetValueOrDefault(a)?.ToString() ?? ""), Text(trial.Header.Repeat),
                trial.Result.State.ToString().ToLowerInvariant(), string.Join(" ", trial.Result.Reasons), .. Measured(trial),
            ]);
        }

        csv.Flush();
        return text.ToString();
    }

    private static IEnumerable<string> Measured(StoredTrial trial)
    {
        if (trial.Result.Measurement is not { Evaluation: var e, Asked: var asked })
        {
            return Enumerable.Repeat("", Analyst.Fractions.Length + 9);
        }

        var latencies = e.Latencies;
        return [
            Text(asked.Rate), ReportNumbers.Rate(e.Pre.PacketsPerSecond), Text(e.Pre.Packets), Text(e.Matched), Text(e.Lost), Text(e.DuplicatesPost), Text(e.Reordered),
            latencies.Count == 0 ? "" : Text(latencies.Values[0]),
            .. Analyst.Fractions.Select(f => latencies.Count > 0 && OrderStatistics.Supports(latencies.Count, f) ? Text(latencies.Percentile(f)) : ""),
            latencies.Count == 0 ? "" : latencies.Mean.ToString("0.0", CultureInfo.InvariantCulture),
        ];
    }

    private static string Column(double fraction) => fraction >= 1 ? "max_ns" : Findings.Name(fraction) + "_ns";

    private static string Text(IFormattable value) => value.ToString(null, CultureInfo.InvariantCulture);

    private static void Row(CsvWriter csv, IEnumerable<string> fields)
    {
        foreach (var field in fields)
        {
            csv.WriteField(field);
        }

        csv.EndRecord();
    }
}
