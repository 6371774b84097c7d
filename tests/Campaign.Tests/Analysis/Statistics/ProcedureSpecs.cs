using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Xunit;

namespace Campaign.Tests.Analysis.Statistics;

/// <summary>Procedures without a vector of their own, and what they do at the edges.</summary>
public sealed class ProcedureSpecs
{
    [Fact]
    public void Repeats_for_five_and_ten_per_cent_are_those_of_the_table()
    {
        Assert.Equal([2, 9, 22, 203], new[] { 0.0026, 0.046, 0.08, 0.25 }.Select(sd => RepeatAdvice.Repeats(sd, 0.05)));
        Assert.Equal([2, 4, 7, 55], new[] { 0.0026, 0.046, 0.08, 0.25 }.Select(sd => RepeatAdvice.Repeats(sd, 0.1)));
    }

    [Fact]
    public void Twelve_matched_differences_take_the_fourteenth_and_the_eighteenth_mean()
    {
        double[] differences = [.. Enumerable.Range(0, 12).Select(i => Math.Pow(1.7, i))];
        double[] walsh = [.. differences.SelectMany((a, i) => differences.Skip(i).Select(b => (a + b) / 2)).Order()];
        var ranks = new SignedRank(differences);

        Assert.Equal((walsh[13], walsh[^14]), ranks.Interval(0.95));
        Assert.Equal((walsh[17], walsh[^18]), ranks.Interval(0.90));
        Assert.Null(new SignedRank([1, 2, 3, 4, 5]).Interval(0.95));
    }

    [Fact]
    public void Tied_differences_are_judged_by_turning_signs()
    {
        var ranks = new SignedRank([1, 1, 1, 1, 1, 1]);
        Assert.True(ranks.HasTies);
        Assert.Equal(2 / 64.0, ranks.P(1));
        Assert.InRange(SignFlip.P([.. Enumerable.Repeat(1.0, 25)], 7), 0, 1e-4);
    }

    [Fact]
    public void Blocks_of_a_run_with_one_stall_give_a_wide_interval_and_the_same_one_again()
    {
        LatencyDistribution calm = new([100, 110], [5000, 5000]), stalled = new([100, 9000], [9000, 1000]);
        LatencyDistribution[] seconds = [.. Enumerable.Range(0, 30).Select(i => i == 11 ? stalled : calm)];

        var intervals = BlockBootstrap.Intervals(seconds, [0.5, 0.999], 1, 0.95, seed: 5);

        Assert.Equal([(100L, 100L), (110L, 9000L)], intervals);
        Assert.Equal(intervals, BlockBootstrap.Intervals(seconds, [0.5, 0.999], 1, 0.95, seed: 5));
        Assert.Empty(BlockBootstrap.Intervals([calm], [0.999], 1, 0.95, seed: 5));
    }

    [Fact]
    public void Distances_of_distributions_agree_with_their_definitions()
    {
        var distance = DistributionDistance.Of(new([10, 20], [1, 1]), new([20, 30], [1, 1]));
        Assert.Equal(0.125, distance.Superiority);
        Assert.Equal(0.5, distance.Largest);
        Assert.Equal(10, distance.Transport);
        Assert.Equal(new DistributionDistance(0.5, 0, 0), DistributionDistance.Of(new([10, 20], [1, 3]), new([10, 20], [1, 3])));
    }

    [Fact]
    public void A_packet_level_example_finds_mode_and_gap()
    {
        var found = ModesAndGaps.Of([.. Enumerable.Range(0, 100).Select(i => 80_000L + (i * 10)), 150_000, 151_000]);
        Assert.InRange(found.Mode, 79_000, 82_000);
        Assert.Equal(100 / 102.0, found.Share);
        Assert.Equal(((80_990L, 150_000L), 2), (found.Gap!.Value, found.Above));
    }

    [Fact]
    public void Stalls_at_the_same_time_in_two_runs_are_more_than_chance()
    {
        var same = Coincidence.Of([3.3, 17.2, 57.0, 85.2, 121.9], [3.3, 17.3, 57.1, 85.1, 122.0], tolerance: 0.2, duration: 165);
        Assert.Equal(5, same.Matches.Count);
        Assert.Equal(5 * 5 * 0.4 / 165, same.Expected, 12);
        Assert.InRange(same.P, 0, 1e-7);

        Assert.Empty(Coincidence.Of([3.3, 17.2], [7.6, 21.5], 0.2, 165).Matches);

        var shifted = Coincidence.OfShifted([3.3, 17.2, 57.0, 85.2, 121.9], [7.6, 21.5, 61.3, 100, 126.2], 0.2, 165);
        Assert.Equal((4, 4.3, 25), (shifted.Matches.Count, Math.Round(shifted.Shift, 6), shifted.Tried));
        Assert.InRange(shifted.P, 1e-4, 2e-3);
        Assert.InRange(Coincidence.OfShifted([3.3, 17.2], [7.6, 21.5], 0.2, 165).P, 0.03, 0.05);
    }

    [Fact]
    public void Turning_one_series_against_the_other_keeps_its_rhythm()
    {
        int[] events = [1, 0, 0, 0, 1, 0, 0, 0];
        Assert.Equal(2 / 8.0, CircularShift.P(events, [true, false, false, false, true, false, false, false]));
        Assert.Equal(1, CircularShift.P(events, [false, false, false, false, false, false, false, false]));
    }
}
