using Campaign.Analysis.Statistics;
using Xunit;

namespace Campaign.Tests.Analysis.Statistics;

public sealed class MatchedRatioSpecs
{
    [Fact]
    public void One_group_gives_the_interval_of_welch()
    {
        // Checked by numerical integration of Student's density; in R: exp(t.test(log(c(20, 24, 31)), log(c(10, 11, 14)))$conf.int)
        var interval = MatchedRatio.Of([([10, 11, 14], [20, 24, 31])], seed: 0)!.Interval(0.95)!.Value;
        Assert.Equal(1.3457, interval.Low, 0.0005);
        Assert.Equal(3.3710, interval.High, 0.0005);
    }

    [Fact]
    public void Levels_that_overlap_leave_the_direction_open()
    {
        var (low, high) = MatchedRatio.Of([([10, 20, 30], [12, 18, 28])], seed: 0)!.Interval(0.95)!.Value;
        Assert.True(low < 1 && high > 1);
    }

    [Fact]
    public void Single_runs_have_no_interval() => Assert.Null(MatchedRatio.Of([([10], [20, 21])], seed: 0)!.Interval(0.95));
}
