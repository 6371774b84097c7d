using System.Collections.Immutable;
using System.Globalization;
using Campaign.Conducting;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>What a reader should know first. Sentences describe; they claim nothing that repeats do not show.</summary>
internal static class Findings
{
    private const double Worthwhile = 1.1;

    public static ImmutableArray<string> Of(
        StoredSweep stored, ImmutableArray<CellSummary> cells, ImmutableArray<AxisComparison> comparisons) =>
    [
        .. Guarded("Which trials count", () => States(stored)),
        .. Guarded("How the levels compare", () => comparisons.SelectMany(Differences)),
        .. Guarded("Loss", () => Loss(stored)),
        .. Guarded("Repeats", () => Repeats(cells)),
    ];

    // A finding that cannot be made is unknown, never a pass.
    private static IEnumerable<string> Guarded(string about, Func<IEnumerable<string>> find)
    {
        try
        {
            return [.. find()];
        }
        catch (Exception e) when (e is InvalidOperationException or ArithmeticException or ArgumentException)
        {
            return [$"{about}: unknown, because the analysis failed ({e.Message})."];
        }
    }

    private static IEnumerable<string> States(StoredSweep stored)
    {
        var (planned, done) = (stored.Sweep.Trials.Length, stored.Trials.Length);
        yield return done == planned
            ? Text($"All {planned} planned trials have a result.")
            : Text($"{planned - done} of {planned} planned trials are not measured yet; what follows is about the other {done}.");
        foreach (var (state, effect) in new[]
        {
            (TrialState.Failed, "failed and give no numbers"),
            (TrialState.Invalid, "were not in the asked-for state; their numbers are shown with the trial but count nowhere"),
            (TrialState.Degraded, "carry a remark; their numbers count"),
        })
        {
            var trials = stored.Trials.Where(t => t.Result.State == state).ToArray();
            if (trials.Length > 0)
            {
                yield return Text($"{trials.Length} trials {effect}. The first: {trials[0].Result.Reasons.FirstOrDefault()}");
            }
        }
    }

    private static IEnumerable<string> Differences(AxisComparison comparison)
    {
        foreach (var level in Enumerable.Range(1, Math.Max(0, comparison.Levels.Length - 1)))
        {
            var pairs = comparison.Groups.Select(g => (A: g.Cells[0], B: g.Cells[level])).Where(p => p is { A: not null, B: not null }).ToArray();
            var fraction = Analyst.Fractions.LastOrDefault(f => f < 1 && pairs.Length > 0 && pairs.All(p => p.A!.Percentiles.ContainsKey(f) && p.B!.Percentiles.ContainsKey(f)));
            if (fraction > 0)
            {
                yield return Difference(comparison, level, pairs.Select(p => (p.A!.Percentiles[fraction], p.B!.Percentiles[fraction])).ToArray(), fraction);
            }
        }
    }

    private static string Difference(AxisComparison comparison, int level, (Spread A, Spread B)[] pairs, double fraction)
    {
        double[] ratios = [.. pairs.Select(p => p.B.Median / p.A.Median).Order()];
        var ratio = ratios.Length % 2 == 1 ? ratios[ratios.Length / 2] : Math.Sqrt(ratios[(ratios.Length / 2) - 1] * ratios[ratios.Length / 2]);
        var higher = ratio >= 1;
        var same = ratios.Count(r => r >= 1 == higher);
        var apart = pairs.Count(p => higher ? p.B.Smallest > p.A.Largest : p.B.Largest < p.A.Smallest);
        var about = $"{comparison.Axis}={comparison.Levels[level]} against {comparison.Levels[0]}";
        var size = Math.Max(ratio, 1 / ratio);
        return size < Worthwhile
            ? Text($"{about}: {Name(fraction)} hardly differs (×{ratio:0.00} at the median of {pairs.Length} matched groups).")
            : Text($"{about}: {Name(fraction)} is {size:0.0}× {(higher ? "higher" : "lower")} at the median of {pairs.Length} matched groups, {(higher ? "higher" : "lower")} in {same} of them; the ranges of the repeats lie apart in {apart}.");
    }

    private static IEnumerable<string> Loss(StoredSweep stored)
    {
        var evaluations = stored.Trials.Where(Analyst.Counts).Select(t => t.Result.Measurement!.Evaluation).ToArray();
        var (sent, lost) = (evaluations.Sum(e => e.Pre.Packets), evaluations.Sum(e => e.Lost));
        if (sent > 0)
        {
            yield return lost == 0
                ? Text($"None of {sent} packets was lost.")
                : Text($"{lost} of {sent} packets were lost ({1e6 * lost / sent:0.#} ppm), in {evaluations.Count(e => e.Lost > 0)} of {evaluations.Length} trials.");
        }
    }

    private static IEnumerable<string> Repeats(ImmutableArray<CellSummary> cells)
    {
        if (cells.Any(c => c.Counted.Count() == 1))
        {
            yield return "Cells with a single trial are descriptive only: they say nothing about how much a repetition would differ.";
        }
    }

    /// <summary><c>p99.9</c>; the maximum for 1.</summary>
    public static string Name(double fraction) =>
        fraction >= 1 ? "maximum" : string.Create(CultureInfo.InvariantCulture, $"p{(decimal)fraction * 100:0.#######}");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
