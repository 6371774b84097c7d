using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>Stored sweep in, analysis out. Pure.</summary>
internal static class Analyst
{
    /// <summary>Fractions that are summarised; 1 is the maximum.</summary>
    public static readonly ImmutableArray<double> Fractions = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 1];

    public static SweepAnalysis Analyse(StoredSweep stored)
    {
        var trials = stored.Trials.ToLookup(t => Key(t.Header.Cell));
        ImmutableArray<CellSummary> cells =
        [
            .. stored.Sweep.Trials.GroupBy(t => Key(t.Cell)).OrderBy(g => Place(stored.Sweep, g.First().Cell), StringComparer.Ordinal)
                .Select(g => Summarise(g.First().Cell, [.. trials[g.Key].OrderBy(t => t.Header.Repeat)], g.Count())),
        ];
        ImmutableArray<AxisComparison> comparisons = [.. ComparedAxes(stored.Sweep).Select(a => Compare(stored.Sweep, a, cells))];
        return new SweepAnalysis(cells, comparisons, Findings.Of(stored, cells, comparisons));
    }

    /// <summary>Whether a trial's numbers count.</summary>
    public static bool Counts(StoredTrial trial) =>
        trial.Result is { State: TrialState.Ok or TrialState.Degraded, Measurement.Evaluation.Latencies.Count: > 0 };

    private static CellSummary Summarise(ImmutableArray<KeyValuePair<string, Value>> cell, ImmutableArray<StoredTrial> trials, int planned)
    {
        var counted = trials.Where(Counts).Select(t => t.Result.Measurement!.Evaluation.Latencies).ToArray();
        var percentiles = ImmutableSortedDictionary.CreateBuilder<double, Spread>();
        foreach (var fraction in Fractions.Where(f => counted.Length > 0 && counted.All(c => OrderStatistics.Supports(c.Count, f))))
        {
            long[] values = [.. counted.Select(c => c.Percentile(fraction))];
            percentiles[fraction] = new Spread(OrderStatistics.Median(values), values.Min(), values.Max());
        }

        return new CellSummary(cell, trials, planned, percentiles.ToImmutable());
    }

    private static IEnumerable<AxisRecord> ComparedAxes(SweepRecord sweep) => sweep.Report.Compare.IsEmpty
        ? sweep.Axes.Where(a => a.Values.Length > 1)
        : sweep.Report.Compare.Select(name => sweep.Axes.FirstOrDefault(a => a.Name == name)).OfType<AxisRecord>().Where(a => a.Values.Length > 1);

    private static AxisComparison Compare(SweepRecord sweep, AxisRecord axis, ImmutableArray<CellSummary> cells)
    {
        var first = sweep.Report.Baseline.GetValueOrDefault(axis.Name);
        ImmutableArray<Value> levels = [.. axis.Values.OrderBy(v => first is null || v.Canonical == first.Canonical ? 0 : 1)];
        var groups = cells.Where(c => c.Cell.Any(v => v.Key == axis.Name)).GroupBy(c => c.LabelWithout(axis.Name))
            .Select(g => new MatchedGroup(g.Key, [.. levels.Select(l => g.FirstOrDefault(c => c.Cell.Any(v => v.Key == axis.Name && v.Value.Canonical == l.Canonical)))]))
            .Where(g => g.Cells.Count(c => c is { Percentiles.Count: > 0 }) > 1);
        return new AxisComparison(axis.Name, levels, [.. groups]);
    }

    private static string Key(ImmutableArray<KeyValuePair<string, Value>> cell) => string.Join('\n', cell.Select(c => $"{c.Key}={c.Value.Canonical}"));

    // Sorts cells as the axes are written, not as trials ran.
    private static string Place(SweepRecord sweep, ImmutableArray<KeyValuePair<string, Value>> cell) => string.Concat(sweep.Axes.Select(axis =>
    {
        var value = cell.FirstOrDefault(c => c.Key == axis.Name).Value;
        var level = value is null ? -1 : axis.Values.IndexOf(axis.Values.First(v => v.Canonical == value.Canonical));
        return FormattableString.Invariant($"{level + 1:D6}");
    }));
}
