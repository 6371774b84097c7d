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
    public static SweepAnalysis Analyse(StoredSweep stored)
    {
        var cells = Cells(stored);
        var comparisons = Comparer.Compare(stored.Sweep, cells);
        return new SweepAnalysis(cells, comparisons, Findings.Of(new Evidenced(stored.Sweep, cells, comparisons)));
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
