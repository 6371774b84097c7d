using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>All that a report is made of. The report is a pure function of it.</summary>
/// <param name="Stored">What was intended, and what was stored.</param>
/// <param name="Analysis">What it says.</param>
/// <param name="Files">Files that exist in the folders of the trials, by trial id: paths relative to the report, sorted.</param>
internal sealed record ReportInput(StoredSweep Stored, SweepAnalysis Analysis, ImmutableDictionary<string, ImmutableArray<string>> Files)
{
    private const int Large = 300;
    private const int Long = 40;

    public SweepRecord Sweep => Stored.Sweep;

    /// <summary>Whether no files lie beside the page, as with a comparison: then nothing is linked that is not there.</summary>
    public bool IsAlone { get; init; }

    public ValueLabel Label { get; } = new(Stored.Sweep.Axes);

    /// <summary>Whether there are so many trials that what is in their files anyway is not repeated for each in the report.</summary>
    public bool IsLarge => Stored.Trials.Length > Large;

    /// <summary>Whether there are so many trials that paper shows only what is open, and the first figures of each kind.</summary>
    public bool IsLong => Stored.Trials.Length > Long;

    /// <summary>Trials that count and have at least one latency.</summary>
    public ImmutableArray<TrialAnalysis> Drawable { get; } = [.. Analysis.Trials.Where(t => t.Counts && t.Evaluation!.Latencies.Count > 0)];

    /// <summary>Whether no trial has latencies, but some have recorded figures: then those are the report.</summary>
    public bool OnlyRecorded { get; } = Analysis.Cells.All(c => c.Counted.IsEmpty) && Analysis.Cells.Any(c => !c.Metrics.IsEmpty);

    /// <summary>What a table of recorded figures is called: of imports, no campaign recorded them.</summary>
    public string RecordedTitle => Sweep.Imported is null ? "Recorded by the campaign" : "Recorded figures";

    /// <summary>Name of a trial's folder, which lies beside the report.</summary>
    public static string FolderOf(SweepRecord sweep, TrialAnalysis trial) =>
        Path.GetFileName(new ResultsFolder("").Trial(sweep, trial.Position, trial.Id));
}
