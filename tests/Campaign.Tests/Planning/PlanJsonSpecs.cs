using System.Text.Json;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class PlanJsonSpecs
{
    private static CampaignDefinition Small => Define.Campaign(
        Define.Axis("kernel", "nohz", "rt"),
        Define.Axis("rate", 1e6, 1.5) with { Unit = "pkt/s", Only = c => c["kernel"].ToString() == "rt" }) with
    {
        Boot = Define.BootByAxes,
        Repeats = 2,
    };

    [Fact]
    public void A_plan_is_written_with_everything_that_it_decides() => Snapshot.Match(PlanJson.Write(Planner.Plan(Small)), "json");

    [Fact]
    public void The_matrix_has_one_job_per_boot_state_and_its_shards_cover_the_plan()
    {
        var plan = Planner.Plan(Small);
        var include = JsonDocument.Parse(PlanJson.MatrixText(plan)).RootElement.GetProperty("include");

        Assert.Equal(2, include.GetArrayLength());
        Assert.All(include.EnumerateArray(), job => Assert.Equal(
            job.GetProperty("trials").GetInt32(), Selection.Apply(plan, null, Shard.Parse(job.GetProperty("shard").GetString()!)).Length));
        Assert.Equal(plan.BootStates.Select(s => s.Id).Order(), include.EnumerateArray().Select(j => j.GetProperty("boot_state").GetString()).Order());
    }

    [Fact]
    public void The_matrix_never_has_more_jobs_than_a_workflow_may()
    {
        var definition = Define.Campaign(Define.Axis("kernel", [.. Enumerable.Range(0, 300).Select(i => $"k{i}")])) with
        {
            Boot = Define.BootByAxes,
            Testbed = Define.Testbed() with { Kernels = [] },
        };
        Assert.Equal(256, PlanMatrix.Of(Planner.Plan(definition)).Include.Length);
    }

    [Fact]
    public void Trials_that_share_a_boot_state_are_dealt_by_block() => Assert.Equal(
        ["1/3", "2/3", "3/3"],
        PlanMatrix.Of(Planner.Plan(Define.Campaign(Define.Axis("rate", 1, 2)) with { Repeats = 3 })).Include.Select(j => j.Shard));
}
