using System.Collections.Immutable;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>Which packet rates a testbed carries, from a sweep over rates.</summary>
internal static class CarriedRates
{
    private const int LateOneIn = 10;

    /// <summary>
    /// The rates that are carried with headroom, ascending, in pkt/s: a rate counts when nothing was lost and the generator kept up in every repeat, at it and at all
    /// lower ones, and nothing was lost at the next higher one.
    /// </summary>
    public static ImmutableArray<double> Of(StoredSweep sweep)
    {
        var rates = sweep.Trials.GroupBy(t => t.Result.Measurement?.Asked.Rate ?? 0).Where(g => g.Key > 0).OrderBy(g => g.Key).ToArray();
        var carried = rates.TakeWhile(g => g.All(t => IsWhole(t) && KeptUp(t))).Count();
        var roomy = carried == rates.Length || rates[carried].All(IsWhole) ? carried : carried - 1;
        return [.. rates.Take(roomy).Select(g => g.Key)];
    }

    private static bool IsWhole(StoredTrial trial) =>
        trial.Result.Measurement is { Evaluation: { Lost: 0, UnmatchedPost: 0, Matched: > 0 }, Outcome: var outcome } && outcome.Sent == outcome.Intended;

    // On a machine that others use some packets always leave late, whatever the rate; their trials say so.
    private static bool KeptUp(StoredTrial trial) => trial.Result.Measurement!.Outcome is var outcome && outcome.Late * LateOneIn <= outcome.Intended;
}
