using System.Collections.Immutable;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>Which packet rates a testbed carries, from a sweep over rates.</summary>
internal static class CarriedRates
{
    /// <summary>
    /// The rates that are carried with headroom, ascending, in pkt/s: a rate counts when nothing was lost and the generator kept up in every repeat, at it, at all
    /// lower ones, and at the next higher one.
    /// </summary>
    public static ImmutableArray<double> Of(StoredSweep sweep)
    {
        var rates = sweep.Trials.GroupBy(t => t.Result.Measurement?.Asked.Rate ?? 0).Where(g => g.Key > 0).OrderBy(g => g.Key);
        double[] carried = [.. rates.TakeWhile(g => g.All(Carried)).Select(g => g.Key)];
        return [.. carried.Length == rates.Count() ? carried : carried.SkipLast(1)];
    }

    private static bool Carried(StoredTrial trial) =>
        trial.Result.Measurement is { Evaluation: { Lost: 0, UnmatchedPost: 0, Matched: > 0 }, Outcome: var outcome } &&
        outcome.Sent == outcome.Intended && outcome.Late * 100 <= outcome.Intended;
}
