using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class DesignAuditSpecs
{
    private static readonly Axis Os = Define.Axis("os", "bookworm", "trixie");
    private static readonly Axis Libmoon = Define.Axis("libmoon", "2021", "2023");
    private static readonly Axis Rate = Define.Axis("rate", 1, 2, 3);

    [Fact]
    public void Axes_that_change_together_after_exclusions_are_told() => Assert.Equal(
        ["os and libmoon change together in all 6 cells; their effects cannot be told apart."],
        Warnings(Define.Campaign(Os, Libmoon, Rate) with { Exclusions = [Exclude(c => c["os"].ToString() == "trixie" != (c["libmoon"].ToString() == "2023"))] }));

    [Fact]
    public void Axes_that_are_zipped_are_meant_to_change_together() =>
        Assert.Empty(Warnings(Define.Campaign(Os, Libmoon, Rate) with { Zips = [["os", "libmoon"]] }));

    [Fact]
    public void A_full_grid_has_nothing_to_warn_of() => Assert.Empty(Warnings(Define.Campaign(Os, Libmoon, Rate) with { Repeats = 3 }));

    [Fact]
    public void A_conditional_axis_does_not_count_as_changing_with_its_condition() =>
        Assert.Empty(Warnings(Define.Campaign(Os, Rate with { Only = c => c["os"].ToString() == "trixie" })));

    [Fact]
    public void An_axis_that_exclusions_reduce_to_one_value_is_told() => Assert.Equal(
        ["Axis 'os' has only the value bookworm left in the cells that are measured; its effect cannot be seen."],
        Warnings(Define.Campaign(Os, Rate) with { Exclusions = [Exclude(c => c["os"].ToString() == "trixie")] }));

    [Fact]
    public void An_axis_that_never_applies_is_told() =>
        Assert.Equal(["Axis 'rate' applies to no cell."], Warnings(Define.Campaign(Os, Rate with { Only = _ => false })));

    [Fact]
    public void A_rule_that_removes_nothing_is_told() => Assert.Equal(
        ["The exclusion 'because' removes nothing that the rules before it leave."],
        Warnings(Define.Campaign(Os, Rate) with { Exclusions = [Exclude(_ => false)] }));

    [Fact]
    public void One_boot_per_state_is_told_since_nothing_can_be_learnt_of_it() =>
        Assert.Contains("With one repeat each boot state is booted once", Assert.Single(Warnings(Define.Campaign(Os) with { Boot = Define.BootByAxes })), StringComparison.Ordinal);

    [Fact]
    public void The_order_as_written_is_told_to_confuse_boot_states_with_drift() => Assert.Contains(
        "cannot be told from drift",
        Assert.Single(Warnings(Define.Campaign(Os) with { Boot = Define.BootByAxes, Repeats = 3, Order = TrialOrder.AsWritten })), StringComparison.Ordinal);

    private static IEnumerable<string> Warnings(CampaignDefinition definition) => Planner.Plan(definition).Warnings.Select(w => w.Message);

    private static Exclusion Exclude(Func<Cell, bool> excludes) => new(excludes, "because", new SourceSpan(Define.File, 9));
}
