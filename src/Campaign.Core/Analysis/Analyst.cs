using System.Collections.Frozen;
using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>The stage from stored trials to what they say. Pure.</summary>
internal static class Analyst
{
    /// <summary>Describes every cell, compares the levels of the axes, and says what matters.</summary>
    /// <param name="stored">A sweep, finished or not. Latencies are nanoseconds.</param>
    /// <param name="recordings">What lies beside the results of its trials; null: nothing.</param>
    public static SweepAnalysis Analyse(StoredSweep stored, TrialRecordings? recordings = null)
    {
        recordings ??= TrialRecordings.None;
        var cells = Cells(stored);
        var comparisons = Comparer.Compare(stored.Sweep, cells);
        var contrasts = Contrasts.Of(stored.Sweep, cells);
        var judge = new GateJudge(stored.Sweep, cells);
        ImmutableArray<GateOutcome> gates = [.. stored.Sweep.Gates.SelectMany(judge.JudgeStored)];
        var evidence = new Evidenced(stored.Sweep, cells, comparisons)
        {
            Contrasts = contrasts,
            Gates = gates,
            Interrupts = recordings.Interrupts,
        };
        evidence = evidence with { Coincidences = StallCoincidence.Of(evidence.Counted) };
        return new SweepAnalysis(cells, comparisons, Findings.Of(evidence))
        {
            Contrasts = contrasts,
            Gates = gates,
            Interrupts = recordings.Interrupts,
            Coincidences = evidence.Coincidences,
            Within = new(() => evidence.Counted.Select(t => t.Trial).Where(t => recordings.Seconds.ContainsKey(t.Id))
                .AsParallel().Select(t => (t.Id, Within: WithinRun.Of(t, recordings.Seconds[t.Id], stored.Sweep.Seed))).ToImmutableDictionary(t => t.Id, t => t.Within)),
        };
    }

    /// <summary>Judges the gates of the sweep.</summary>
    /// <param name="stored">A sweep, finished or not.</param>
    public static ImmutableArray<GateOutcome> Judge(StoredSweep stored) => [.. stored.Sweep.Gates.SelectMany(new GateJudge(stored.Sweep, Cells(stored)).JudgeStored)];

    /// <summary>Judges gates that the sweep need not have.</summary>
    /// <param name="stored">A sweep, finished or not.</param>
    /// <param name="rules">One a line.</param>
    /// <param name="from">Where they are written, for messages.</param>
    /// <exception cref="Diagnostics.CampaignException">A line is no rule (exit code 3).</exception>
    public static ImmutableArray<GateOutcome> Judge(StoredSweep stored, string rules, string from)
    {
        var judge = new GateJudge(stored.Sweep, Cells(stored));
        return [.. GateJudge.Read(stored.Sweep, rules, from).Select(judge.Judge)];
    }

    private static ImmutableArray<CellAnalysis> Cells(StoredSweep stored)
    {
        var positions = stored.Sweep.Trials.Select((trial, position) => (trial.Id, position)).ToFrozenDictionary(t => t.Id, t => t.position);
        var finished = stored.Trials.ToFrozenDictionary(t => t.Header.Id, t => TrialAnalysis.Of(t, positions[t.Header.Id]));
        var grouped = stored.Sweep.Trials
            .GroupBy(t => string.Join('\n', t.Cell.Select(v => $"{v.Key}={v.Value.Canonical}")))
            .OrderBy(g => g.First().Cell, new AxisOrder(stored.Sweep.Axes));
        return
        [
            .. grouped.Select((planned, index) => CellAnalysis.Of(
                index, planned.First().Cell, planned.Count(),
                [.. planned.OrderBy(t => t.Repeat).Select(t => finished.GetValueOrDefault(t.Id)).OfType<TrialAnalysis>()])),
        ];
    }

    /// <summary>By the axes as declared, each by its levels as declared; an axis that does not apply comes first.</summary>
    private sealed class AxisOrder(ImmutableArray<AxisRecord> axes) : IComparer<ImmutableArray<KeyValuePair<string, Value>>>
    {
        public int Compare(ImmutableArray<KeyValuePair<string, Value>> x, ImmutableArray<KeyValuePair<string, Value>> y) =>
            axes.Select(axis => Level(axis, x).CompareTo(Level(axis, y))).FirstOrDefault(order => order != 0);

        private static int Level(AxisRecord axis, ImmutableArray<KeyValuePair<string, Value>> cell) =>
            cell.FirstOrDefault(v => v.Key == axis.Name).Value is { } value ? axis.Values.IndexOf(value) : -1;
    }
}
