using Campaign.Analysis.Statistics;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class OrderStatisticsSpecs
{
    // R: ceiling(log(.05) / log(p))
    [Theory]
    [InlineData(0.5, 5)]
    [InlineData(0.99, 299)]
    [InlineData(0.999, 2_995)]
    [InlineData(0.9999, 29_956)]
    [InlineData(0.99999, 299_572)]
    [InlineData(0.999999, 2_995_731)]
    [InlineData(0.9999999, 29_957_322)]
    public void A_percentile_needs_as_many_packets_as_a_finite_upper_bound_does(double p, long packets) =>
        Assert.Equal(packets, OrderStatistics.PacketsFor(p));

    [Theory]
    [InlineData(1)]
    [InlineData(299)]
    [InlineData(10_000)]
    [InlineData(174_175_783)]
    public void The_supportable_percentile_needs_no_more_packets_than_there_are(long packets)
    {
        var p = OrderStatistics.Supportable(packets);

        Assert.InRange(OrderStatistics.PacketsFor(p), packets, packets + 1);
        Assert.True(OrderStatistics.Supportable(packets + 1) > p);
    }

    [Fact]
    public void No_packets_support_nothing() => Assert.Equal(0, OrderStatistics.Supportable(0));

    [Theory]
    [InlineData(new[] { 3.0 }, 3)]
    [InlineData(new[] { 9.0, 1, 5 }, 5)]
    [InlineData(new[] { 4.0, 1, 2, 9 }, 3)]
    public void The_median_is_the_middle_of_the_sorted_values(double[] values, double median) => Assert.Equal(median, OrderStatistics.Median(values));
}
