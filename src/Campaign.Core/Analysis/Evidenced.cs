using System.Collections.Immutable;
using Campaign.Importing;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>What findings are made from.</summary>
internal sealed record Evidenced(SweepRecord Sweep, ImmutableArray<CellAnalysis> Cells, ImmutableArray<AxisComparison> Comparisons)
{
    /// <summary>Pairs of levels with their adjusted differences.</summary>
    public ImmutableArray<Contrast> Contrasts { get; init; } = [];

    /// <summary>What became of the gates.</summary>
    public ImmutableArray<GateOutcome> Gates { get; init; } = [];

    /// <summary>What interrupt recorders wrote, by trial id.</summary>
    public ImmutableDictionary<string, InterruptRecording> Interrupts { get; init; } = ImmutableDictionary<string, InterruptRecording>.Empty;

    /// <summary>Trials that stall at the same times.</summary>
    public ImmutableArray<StallCoincidence> Coincidences { get; init; } = [];

    public ValueLabel Label { get; } = new(Sweep.Axes);

    /// <summary>Finished trials with their cells.</summary>
    public ImmutableArray<(CellAnalysis Cell, TrialAnalysis Trial)> Trials { get; } =
        [.. Cells.SelectMany(c => c.Trials.Select(t => (c, t)))];

    /// <summary>Those whose numbers count.</summary>
    public IEnumerable<(CellAnalysis Cell, TrialAnalysis Trial)> Counted => Trials.Where(t => t.Trial.Counts);

    /// <summary><c>kernel rt, rate 10 kpkt/s, repeat 2</c>.</summary>
    public string NameOf((CellAnalysis Cell, TrialAnalysis Trial) trial) => $"{Label.Of(trial.Cell.Values)}, repeat {trial.Trial.Repeat}";
}
