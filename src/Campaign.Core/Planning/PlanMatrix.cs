using System.Collections.Immutable;

namespace Campaign.Planning;

/// <summary>The shards of a plan in the form that a CI matrix takes: one entry per job.</summary>
internal sealed record PlanMatrix(ImmutableArray<PlanMatrix.Job> Include)
{
    /// <summary>As many jobs as one workflow of GitHub Actions may have.</summary>
    public const int MostJobs = 256;

    /// <summary>
    /// One shard per boot state, up to <see cref="MostJobs"/>; where all trials share a boot state, one per block.
    /// Shards without a trial are left out.
    /// </summary>
    public static PlanMatrix Of(Plan plan)
    {
        var shards = Math.Clamp(plan.BootStates.Length > 1 ? plan.BootStates.Length : plan.Blocks, 1, MostJobs);
        var jobs = plan.Trials
            .Zip(Sharding.Assign(plan, shards))
            .GroupBy(t => t.Second, t => t.First)
            .OrderBy(g => g.Key)
            .Select(g => new Job(new Shard(g.Key + 1, shards).ToString(), States(plan, g), g.Count()));
        return new PlanMatrix([.. jobs]);
    }

    private static string States(Plan plan, IEnumerable<PlannedTrial> trials) =>
        string.Join(',', trials.Select(t => plan.BootStates[t.BootState].Id).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    /// <summary>One job.</summary>
    /// <param name="Shard">What <c>run --shard</c> takes.</param>
    /// <param name="BootState">Id of the boot state; several with commas.</param>
    /// <param name="Trials">How many trials the job runs.</param>
    internal sealed record Job(string Shard, string BootState, int Trials);
}
