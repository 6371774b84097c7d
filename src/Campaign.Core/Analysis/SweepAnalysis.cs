using System.Collections.Immutable;
using Campaign.Importing;

namespace Campaign.Analysis;

/// <summary>What the trials of a sweep say.</summary>
/// <param name="Cells">Every planned cell in the order of the axes.</param>
/// <param name="Comparisons">One for each compared axis.</param>
/// <param name="Findings">The few sentences to read first: problems, results, cautions.</param>
internal sealed record SweepAnalysis(
    ImmutableArray<CellAnalysis> Cells, ImmutableArray<AxisComparison> Comparisons, ImmutableArray<Finding> Findings)
{
    /// <summary>Pairs of levels with their adjusted differences, in the order of the axes.</summary>
    public ImmutableArray<Contrast> Contrasts { get; init; } = [];

    /// <summary>What became of the gates, in the order in which they are written.</summary>
    public ImmutableArray<GateOutcome> Gates { get; init; } = [];

    /// <summary>What interrupt recorders wrote, by trial id.</summary>
    public ImmutableDictionary<string, InterruptRecording> Interrupts { get; init; } = ImmutableDictionary<string, InterruptRecording>.Empty;

    /// <summary>How well each trial knows its own percentiles, by trial id; only where its seconds are known. Drawn when first asked for: not every form of the report says it.</summary>
    public Lazy<ImmutableDictionary<string, ImmutableArray<WithinRun>>> Within { get; init; } = new(ImmutableDictionary<string, ImmutableArray<WithinRun>>.Empty);

    /// <summary>Trials that stall at the same times, largest groups first.</summary>
    public ImmutableArray<StallCoincidence> Coincidences { get; init; } = [];

    /// <summary>Every finished trial, by cell and repeat.</summary>
    public IEnumerable<TrialAnalysis> Trials => Cells.SelectMany(c => c.Trials);
}
