using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class SelectionSpecs
{
    [Fact]
    public void Every_trial_is_in_exactly_one_shard() =>
        Gen.Select(Grids.Campaigns, Gen.Int[1, 9]).Sample((definition, count) =>
        {
            var plan = Planner.Plan(definition);
            var dealt = Enumerable.Range(1, count).SelectMany(i => Selection.Apply(plan, null, new Shard(i, count))).OrderBy(t => t.Position);
            return dealt.SequenceEqual(plan.Trials);
        }, iter: 300);

    [Fact]
    public void With_enough_boot_states_no_two_shards_boot_the_same() =>
        Gen.Select(Grids.Campaigns, Gen.Int[1, 9]).Sample((definition, count) =>
        {
            var plan = Planner.Plan(definition);
            var shards = Enumerable.Range(1, count).Select(i => Selection.Apply(plan, null, new Shard(i, count)).Select(t => t.BootState).Distinct());
            return plan.BootStates.Length < count || shards.Sum(s => s.Count()) == plan.BootStates.Length;
        }, iter: 300);

    [Fact]
    public void With_one_boot_state_shards_are_equally_large_and_whole_blocks_where_that_works_out()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("rate", 1, 2, 3, 4)) with { Repeats = 3 });
        Assert.All(Enumerable.Range(1, 3), i => Assert.Equal([i - 1], Selection.Apply(plan, null, new Shard(i, 3)).Select(t => t.Block).Distinct()));
        Assert.All(Enumerable.Range(1, 5), i => Assert.InRange(Selection.Apply(plan, null, new Shard(i, 5)).Length, 2, 3));
    }

    [Fact]
    public void A_filter_does_not_move_trials_to_another_shard()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("rate", 1, 2, 3, 4)) with { Repeats = 3 });
        static bool Fast(Cell cell) => ((Value.Integer)cell["rate"]).Content > 2;

        Assert.Equal(6, Selection.Apply(plan, Fast, null).Length);
        Assert.Equal(
            Selection.Apply(plan, null, new Shard(2, 4)).Where(t => Fast(plan.Cells[t.Cell])), Selection.Apply(plan, Fast, new Shard(2, 4)));
    }

    [Fact]
    public void Trials_are_found_by_the_beginning_of_their_id()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("rate", 1, 2, 3, 4)));
        var id = plan.Trials[2].Id;
        Assert.Equal(plan.Trials[2], Assert.Single(Selection.ByPrefix(plan, id[..8].ToUpperInvariant())));
        Assert.Empty(Selection.ByPrefix(plan, ""));
    }

    [Theory]
    [InlineData("1/1")]
    [InlineData("2/4")]
    [InlineData("12/256")]
    public void A_shard_reads_and_writes_alike(string text) => Assert.Equal(text, Shard.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("0/4")]
    [InlineData("5/4")]
    [InlineData("-1/4")]
    [InlineData("1/99999999999")]
    [InlineData("1/2/3")]
    [InlineData(" 1/2")]
    public void What_is_no_shard_is_a_mistake_on_the_command_line(string text)
    {
        var error = Assert.Throws<CampaignException>(() => Shard.Parse(text));
        Assert.Equal(ExitCode.Usage, error.Code);
        Assert.Equal($"'{text}' does not name a shard.", error.Message);
    }
}
