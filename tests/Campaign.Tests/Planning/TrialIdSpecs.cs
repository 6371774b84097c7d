using Campaign.Definition;
using Campaign.Planning;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class TrialIdSpecs
{
    private static readonly Axis Rate = Define.Axis("rate", 10000);

    /// <summary>Reference: printf 'base\nkernel="rt"\nrate=10000\nrepeat=1\n' | sha256sum | head -c 10</summary>
    [Fact]
    public void An_id_is_the_beginning_of_a_digest_that_anyone_can_compute()
    {
        var plan = Planner.Plan(Define.Campaign(Rate, Define.Axis("kernel", "rt")));
        Assert.Equal("9dfb7d8299", Assert.Single(plan.Trials).Id);
    }

    [Fact]
    public void Adding_an_axis_with_a_default_changes_no_id()
    {
        var before = Planner.Plan(Define.Campaign(Rate, Define.Axis("kernel", "rt", "nohz")));
        var added = Define.Axis("os", "bookworm", "trixie") with { Default = Value.Of("bookworm") };
        var after = Planner.Plan(Define.Campaign(added, Rate, Define.Axis("kernel", "rt", "nohz")));

        Assert.Equal(2 * before.Trials.Length, after.Trials.Length);
        Assert.All(after.Trials, t => Assert.Equal(
            after.Cells[t.Cell]["os"].ToString() == "bookworm", before.Trials.Any(b => b.Id == t.Id)));
    }

    [Fact]
    public void Derived_values_the_seed_and_the_order_do_not_change_ids()
    {
        var definition = Define.Campaign(Rate, Define.Axis("kernel", "rt", "nohz")) with { Repeats = 3 };
        var ids = Ids(definition);

        Assert.Equal(ids, Ids(definition with { Derived = [new DerivedValue("x", _ => Value.Of(1), default)] }));
        Assert.Equal(ids, Ids(definition with { Seed = 99, Order = TrialOrder.Random }));
        Assert.Equal(ids, Ids(definition with { Axes = [.. definition.Axes.Reverse()] }));
    }

    [Fact]
    public void A_number_has_the_same_id_whether_written_as_integer_or_as_float() =>
        Assert.Equal(Ids(Define.Campaign(Define.Axis("rate", 10000))), Ids(Define.Campaign(Define.Axis("rate", 1e4))));

    [Fact]
    public void Trials_whose_ids_agree_by_chance_are_told_apart_by_longer_ones()
    {
        var ids = Ids(Define.Campaign(Define.Axis("n", 1, 1629116, 1637161)));
        var twins = ids.GroupBy(id => id[..10]).Single(g => g.Count() == 2).ToArray();

        Assert.All(twins, id => Assert.Equal(20, id.Length));
        Assert.NotEqual(twins[0], twins[1]);
        Assert.Single(ids, id => id.Length == 10);
    }

    [Fact]
    public void Ids_stay_as_they_are_when_defaulted_axes_are_added() =>
        Grids.Campaigns.Sample(definition =>
        {
            var added = Define.Axis("added_later", "old", "new") with { Default = Value.Of("old") };
            var before = Ids(definition);
            var after = Ids(definition with { Axes = [.. definition.Axes, added] });
            return before.All(after.Contains) && after.Length == 2 * before.Length;
        }, iter: 200);

    private static string[] Ids(CampaignDefinition definition) => [.. Planner.Plan(definition).Trials.Select(t => t.Id).Order(StringComparer.Ordinal)];
}
