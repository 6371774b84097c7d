using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class PlanTextSpecs
{
    private static CampaignDefinition Base => Define.Campaign(
        Define.Axis("kernel", "nohz", "rt"),
        Define.Axis("os", "bookworm", "trixie"),
        Define.Axis("isolation", true, false),
        Define.Axis("rate", 1.52e6, 6.24e6) with { Unit = "pkt/s" }) with
    {
        Repeats = 3,
        Boot = Define.BootByAxes,
        Exclusions =
        [
            new Exclusion(
                c => c["kernel"].ToString() == "rt" && c["isolation"] == Value.Of(false),
                "A real-time kernel without isolation was measured before", new SourceSpan(Define.File, 9)),
        ],
    };

    [Fact]
    public void A_plan_reads_well() => Snapshot.Match(PlanText.Write(Planner.Plan(Base)));

    [Fact]
    public void Command_lines_are_written_out_once_below_the_states_that_boot_them() => Snapshot.Match(PlanText.Write(Planner.Plan(
        Define.Campaign(Define.Axis("kernel", "nohz", "rt"), Define.Axis("isolation", true, false)) with
        {
            Repeats = 2,
            Boot = c => Define.BootByAxes(c).SetItem("dut", new BootRequest(
                null,
                c["kernel"].ToString(),
                c["isolation"] == Value.Of(true) ? "nohz=on nohz_full=1-3 rcu_nocbs=1-3 rcu_nocb_poll irqaffinity=0 skew_tick=1 idle=poll nosmt tsc=reliable" : "")),
        })));

    [Fact]
    public void A_plan_without_boots_reads_well() => Snapshot.Match(PlanText.Write(Planner.Plan(
        Define.Campaign(Define.Axis("rate", 1000, 5000, 20000), Define.Axis("isolation", true, false)) with { Repeats = 2, Testbed = Define.Testbed("local") })));

    [Fact]
    public void Warnings_and_zips_are_told() => Snapshot.Match(PlanText.Write(Planner.Plan(Define.Campaign(
        Define.Axis("os", "bookworm", "trixie"),
        Define.Axis("libmoon", "2021", "2023"),
        Define.Axis("kernel", "nohz", "rt"),
        Define.Axis("isolation", true, false) with { Only = c => c["kernel"].ToString() == "rt", Default = Value.Of(false) }) with
    {
        Zips = [["os", "libmoon"]],
        Boot = Define.BootByAxes,
        Exclusions = [new Exclusion(_ => false, "Never", new SourceSpan(Define.File, 12))],
    })));

    [Fact]
    public void A_large_plan_is_a_summary_with_the_first_and_the_last_trials() => Snapshot.Match(PlanText.Write(Planner.Plan(
        Define.Campaign([.. Enumerable.Range(0, 6).Select(i => Define.Axis($"factor_{i}", [.. Enumerable.Range(0, 6).Cast<object>()]))])), trials: 12));

    [Fact]
    public void Trials_that_are_selected_are_listed_and_counted()
    {
        var plan = Planner.Plan(Base);
        var text = PlanText.Write(plan, Selection.Apply(plan, c => c["kernel"].ToString() == "rt", null));
        Assert.Contains("12 cells × 3 repeats = 36 trials", text, StringComparison.Ordinal);
        Assert.Contains("\nTrials selected: 12 of 36\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\n   3  ", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_many_levels_only_the_range_of_their_cells_is_told()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("rate", [.. Enumerable.Range(1, 20).Cast<object>()]), Define.Axis("kernel", "nohz", "rt")) with
        {
            Exclusions = [new Exclusion(c => c["rate"] == Value.Of(7) && c["kernel"].ToString() == "rt", "Broken", new SourceSpan(Define.File, 9))],
        });
        Assert.Contains(
            "  rate    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, … 5 more …, 20; 1 to 2 cells each\n", PlanText.Write(plan), StringComparison.Ordinal);
    }
}
