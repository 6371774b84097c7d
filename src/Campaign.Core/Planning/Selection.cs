using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>Chooses trials of a plan; what is chosen keeps the plan's order.</summary>
internal static class Selection
{
    /// <param name="plan">The whole plan.</param>
    /// <param name="only">Which cells; null: all. It never changes which shard a trial belongs to.</param>
    /// <param name="shard">Which part; null: everything.</param>
    public static ImmutableArray<PlannedTrial> Apply(Plan plan, Func<Cell, bool>? only, Shard? shard)
    {
        bool[]? chosen = only is null ? null : [.. plan.Cells.Select(only)];
        var shardOf = shard is { Count: var count } ? Sharding.Assign(plan, count) : null;
        return [.. plan.Trials.Where(t =>
            (chosen is null || chosen[t.Cell]) && (shardOf is null || shardOf[t.Position] == shard!.Value.Index - 1))];
    }

    /// <summary>Trials whose id begins with <paramref name="prefix"/>, in either case; none for an empty prefix.</summary>
    public static ImmutableArray<PlannedTrial> ByPrefix(Plan plan, string prefix) =>
        prefix.Length == 0 ? [] : [.. plan.Trials.Where(t => t.Id.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))];
}
