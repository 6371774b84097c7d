using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Captures.Outputs;
using Campaign.Reporting.Html;
using Campaign.Reporting.Texts;
using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>The last stage: from what was found to files that people and programs read.</summary>
internal static class Reporter
{
    /// <summary>Name of the file with a row for each trial.</summary>
    public const string Summary = "summary.csv";

    /// <summary>Name of the file with findings, gates, cells and contrasts.</summary>
    public const string Results = "results.json";

    /// <summary>
    /// Writes <c>report.html</c>, <c>summary.csv</c> and <c>results.json</c>, and <c>latency.hgrm</c> and <c>worst.csv</c> into the folder of every trial that was measured. A file is there whole or
    /// not at all; what is there already is replaced.
    /// </summary>
    /// <param name="stored">The sweep.</param>
    /// <param name="analysis">Of this sweep.</param>
    /// <param name="folder">The sweep's folder, which also holds the trials' folders.</param>
    /// <returns>Path of <c>report.html</c>.</returns>
    public static string Write(StoredSweep stored, SweepAnalysis analysis, string folder)
    {
        foreach (var trial in analysis.Trials)
        {
            WriteTrial(trial, Path.Combine(folder, ReportInput.FolderOf(stored.Sweep, trial)));
        }

        var files = analysis.Trials.ToImmutableDictionary(t => t.Id, t => FilesIn(folder, ReportInput.FolderOf(stored.Sweep, t)));
        ReportFile.Write(Path.Combine(folder, Summary), SummaryCsv.Of(stored.Sweep, analysis));
        ReportFile.Write(Path.Combine(folder, Results), JsonReport.Of(stored.Sweep, analysis));
        var report = Path.Combine(folder, "report.html");
        ReportFile.Write(report, ReportPage.Render(new ReportInput(stored, analysis, files)));
        return report;
    }

    /// <summary>The report of what has no folder of its own: complete, without links to files of trials.</summary>
    public static string Page(StoredSweep stored, SweepAnalysis analysis) =>
        ReportPage.Render(new ReportInput(stored, analysis, ImmutableDictionary<string, ImmutableArray<string>>.Empty) { IsAlone = true });

    private static void WriteTrial(TrialAnalysis trial, string folder)
    {
        if (trial.Evaluation is { } evaluation)
        {
            ReportFile.Write(ResultsFolder.Histogram(folder), PercentileText.Of(evaluation.Latencies));
            ReportFile.Write(ResultsFolder.Worst(folder), WorstCsv.Of(evaluation.Worst));
        }
    }

    // Only what is there is linked: captures may be compressed or deleted, and people tidy up.
    private static ImmutableArray<string> FilesIn(string report, string trialFolder)
    {
        var folder = Path.Combine(report, trialFolder);
        return Directory.Exists(folder)
            ?
            [
                .. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
                    .Select(f => Path.GetRelativePath(report, f).Replace(Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal),
            ]
            : [];
    }
}
