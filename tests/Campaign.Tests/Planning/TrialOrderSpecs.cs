using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Units;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class TrialOrderSpecs
{
    [Fact]
    public void Every_block_has_every_cell_once() => Grids.Campaigns.Sample(definition =>
    {
        var plan = Planner.Plan(definition);
        var all = Enumerable.Range(0, plan.Cells.Length);
        return plan.Trials.GroupBy(t => t.Block).All(block => block.Select(t => t.Cell).Order().SequenceEqual(all)
            && block.All(t => t.Repeat == block.Key + 1)) && plan.Trials.Select(t => t.Position).SequenceEqual(Enumerable.Range(0, plan.Trials.Length));
    }, iter: 300);

    [Fact]
    public void A_block_boots_each_state_once_and_begins_with_the_one_that_runs() => Grids.Campaigns.Sample(definition =>
    {
        var plan = Planner.Plan(definition);
        var states = plan.BootStates.Length;
        var boots = plan.BootStates[0].Hosts.IsEmpty ? 0 : 1 + (plan.Blocks * (states - 1));
        return plan.Boots == boots && plan.Trials.GroupBy(t => t.Block).All(b => Runs(b.Select(t => t.BootState)) == states);
    }, iter: 300);

    [Theory]
    [InlineData(TrialOrder.Random)]
    [InlineData(TrialOrder.AsWritten)]
    public void Other_orders_have_every_trial_once(object order) => Grids.Campaigns.Sample(definition =>
    {
        var plan = Planner.Plan(definition with { Order = (TrialOrder)order });
        return plan.Trials.Select(t => (t.Cell, t.Repeat)).Distinct().Count() == plan.Cells.Length * definition.Repeats
            && plan.Trials.Length == plan.Cells.Length * definition.Repeats;
    }, iter: 100);

    [Fact]
    public void As_written_keeps_the_order_of_the_axes_and_the_repeats_together()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("rate", 1, 2)) with { Repeats = 2, Order = TrialOrder.AsWritten });
        Assert.Equal([(0, 1), (0, 2), (1, 1), (1, 2)], plan.Trials.Select(t => (t.Cell, t.Repeat)));
    }

    [Fact]
    public void More_repeats_leave_the_order_of_the_first_blocks_alone()
    {
        var definition = Define.Campaign(Define.Axis("kernel", "nohz", "rt"), Define.Axis("rate", 1, 2, 3)) with { Boot = Define.BootByAxes, Repeats = 2 };
        var longer = Planner.Plan(definition with { Repeats = 5 });
        Assert.Equal(Planner.Plan(definition).Trials.Select(t => t.Id), longer.Trials.Take(12).Select(t => t.Id));
    }

    /// <summary>Chi-squared with 23 degrees of freedom: 49.7 is exceeded once in a thousand seeds, and the seeds are fixed.</summary>
    [Fact]
    public void All_orders_of_a_block_are_equally_likely()
    {
        var orders = new Dictionary<string, int>();
        for (var seed = 0; seed < 2400; seed++)
        {
            var slots = TrialOrdering.Of(TrialOrder.Blocked, [0, 0, 0, 0], 1, new SeededRandom(seed));
            var order = string.Join(' ', slots.Select(s => s.Cell));
            orders[order] = orders.GetValueOrDefault(order) + 1;
        }

        Assert.Equal(24, orders.Count);
        Assert.InRange(orders.Values.Sum(n => (n - 100.0) * (n - 100.0) / 100), 0, 49.7);
    }

    private static int Runs(IEnumerable<int> states)
    {
        var all = states.ToImmutableArray();
        return 1 + all.Zip(all.Skip(1)).Count(p => p.First != p.Second);
    }
}
