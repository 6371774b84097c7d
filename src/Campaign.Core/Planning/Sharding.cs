namespace Campaign.Planning;

/// <summary>
/// Deals the trials of a plan to shards. It looks at the whole plan and at nothing else, so that every runner comes to the
/// same answer.
/// </summary>
internal static class Sharding
{
    /// <summary>
    /// Whole boot states per shard where there are enough of them, the largest first to the shard with the fewest trials;
    /// otherwise trials in the order of boot state and execution, cut into runs of equal length, so that a shard boots seldom.
    /// </summary>
    /// <returns>For each trial its shard, 0-based.</returns>
    public static int[] Assign(Plan plan, int shards) =>
        plan.BootStates.Length >= shards ? ByBootState(plan, shards) : ByRuns(plan, shards);

    private static int[] ByBootState(Plan plan, int shards)
    {
        var size = new int[plan.BootStates.Length];
        foreach (var trial in plan.Trials)
        {
            size[trial.BootState]++;
        }

        var shardOf = new int[size.Length];
        var load = new PriorityQueue<int, (int Trials, int Shard)>(Enumerable.Range(0, shards).Select(s => (s, (0, s))));
        foreach (var state in Enumerable.Range(0, size.Length).OrderByDescending(s => size[s]).ThenBy(s => plan.BootStates[s].Id, StringComparer.Ordinal))
        {
            load.TryDequeue(out var shard, out var so);
            shardOf[state] = shard;
            load.Enqueue(shard, (so.Trials + size[state], shard));
        }

        return [.. plan.Trials.Select(t => shardOf[t.BootState])];
    }

    private static int[] ByRuns(Plan plan, int shards)
    {
        var assigned = new int[plan.Trials.Length];
        var place = 0L;
        foreach (var trial in plan.Trials.OrderBy(t => plan.BootStates[t.BootState].Id, StringComparer.Ordinal).ThenBy(t => t.Position))
        {
            assigned[trial.Position] = (int)(place++ * shards / assigned.Length);
        }

        return assigned;
    }
}
