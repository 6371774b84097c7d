using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>Stored sweep and analysis in, files out: <c>report.html</c>, <c>summary.csv</c>, and for each trial <c>latency.hgrm</c> and <c>worst.csv</c>.</summary>
internal static class Reporter
{
    /// <summary>Writes everything anew; a reader sees the old file or the new one, never half of one.</summary>
    /// <returns>Path of the report.</returns>
    public static string Write(StoredSweep stored, SweepAnalysis analysis, string folder)
    {
        foreach (var trial in stored.Trials)
        {
            var trialFolder = TrialFolderOf(stored, trial);
            if (trial.Result.Measurement is { Evaluation: var evaluation } && Directory.Exists(trialFolder))
            {
                WholeFile.Write(ResultsFolder.Histogram(trialFolder), HistogramText.Of(evaluation.Latencies));
                WholeFile.Write(ResultsFolder.Worst(trialFolder), WorstCsv.Of(evaluation));
            }
        }

        WholeFile.Write(Path.Combine(folder, "summary.csv"), SummaryCsv.Of(stored));
        var report = Path.Combine(folder, "report.html");
        WholeFile.Write(report, HtmlReport.Of(stored, analysis));
        return report;
    }

    /// <summary>The folder of a trial; relative to the report, it is the last part of the path.</summary>
    public static string TrialFolderOf(StoredSweep stored, StoredTrial trial) =>
        new ResultsFolder(Path.GetFullPath(Path.Combine(stored.Folder, "..", ".."))).Trial(
            stored.Sweep, stored.Sweep.Trials.IndexOf(stored.Sweep.Trials.First(t => t.Id == trial.Header.Id)), trial.Header.Id);
}
