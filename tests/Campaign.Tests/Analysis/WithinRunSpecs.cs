using Campaign.Analysis;
using Campaign.Captures;
using Campaign.Tests.Reporting;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class WithinRunSpecs
{
    private static readonly TrialAnalysis Trial = Analyst.Analyse(new SampleSweep(repeats: 1) { Ends = SampleSweep.AllOk }.Build()).Trials.First(t => t.FigureOf(Measure.Named("p99")) is not null);

    [Fact]
    public void Both_intervals_hold_the_figure_and_a_stall_in_one_second_widens_that_by_blocks_alone()
    {
        LatencyDistribution calm = new([3000, 3100], [500, 500]), stalled = new([3000, 90_000], [900, 100]);
        var quiet = WithinRun.Of(Trial, [.. Enumerable.Repeat(calm, 20)], seed: 1).Single(w => w.Measure.Name == "p99");
        var unquiet = WithinRun.Of(Trial, [.. Enumerable.Range(0, 20).Select(i => i == 7 ? stalled : calm)], seed: 1).Single(w => w.Measure.Name == "p99");

        Assert.InRange(quiet.Value, quiet.Independent.Low, quiet.Independent.High);
        Assert.Equal((3100L, 3100L), quiet.Blocks);
        Assert.Equal((3100L, 90_000L), unquiet.Blocks);
        Assert.Equal(quiet.Independent, unquiet.Independent);
        Assert.Equal(WithinRun.Of(Trial, [.. Enumerable.Repeat(calm, 20)], seed: 1), WithinRun.Of(Trial, [.. Enumerable.Repeat(calm, 20)], seed: 1));
    }

    [Fact]
    public void A_run_of_a_few_seconds_has_none() => Assert.Empty(WithinRun.Of(Trial, [.. Enumerable.Repeat(new LatencyDistribution([3000], [1000]), 4)], seed: 1));
}
