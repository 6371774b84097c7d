using System.Collections.Immutable;

namespace Campaign.Analysis;

/// <summary>What a campaign recorded with <c>record</c>, over trials.</summary>
/// <param name="Name">As it was recorded.</param>
/// <param name="Unit">As it was recorded in the first of them.</param>
/// <param name="Spread">In that unit; values that are no numbers take no part.</param>
internal sealed record CellMetrics(string Name, string Unit, Spread Spread)
{
    /// <summary>Each metric of the trials, in the order in which it was recorded first.</summary>
    public static ImmutableArray<CellMetrics> Of(IEnumerable<TrialAnalysis> trials) =>
    [
        .. trials.SelectMany(t => t.Trial.Result.Metrics).Where(m => double.IsFinite(m.Value)).GroupBy(m => m.Name)
            .Select(g => new CellMetrics(g.Key, g.First().Unit, Spread.Of([.. g.Select(m => m.Value)])!)),
    ];
}
