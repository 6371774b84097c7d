using CsCheck;
using Xunit;

namespace Campaign.Captures.Tests;

public sealed class LatencyDistributionSpecs
{
    private static readonly Gen<long[]> Samples = Gen.Long[-1000, 2_000_000].Array[1, 300];

    [Fact]
    public void A_percentile_is_the_sample_of_nearest_rank() =>
        Gen.Select(Samples, Gen.Double[0, 1]).Sample((samples, p) =>
        {
            var sorted = samples.Order().ToArray();
            return LatencyDistribution.FromSamples(samples).Percentile(p) == sorted[Math.Max(1, (int)Math.Ceiling(p * sorted.Length)) - 1];
        });

    [Fact]
    public void The_rank_is_computed_in_doubles_as_PostgreSQL_does()
    {
        var hundred = LatencyDistribution.FromSamples([.. Enumerable.Range(1, 100).Select(n => (long)n)]);

        Assert.Equal(56, hundred.Percentile(0.55));
        Assert.Equal(1, hundred.Percentile(0));
        Assert.Equal(100, hundred.Percentile(1));
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_the_samples() => Samples.Sample(samples =>
    {
        var distribution = LatencyDistribution.FromSamples(samples);
        var mean = samples.Average();
        Assert.Equal(mean, distribution.Mean, 1e-6);
        Assert.Equal(samples.Length == 1 ? 0 : Math.Sqrt(samples.Sum(x => (x - mean) * (x - mean)) / (samples.Length - 1)), distribution.StandardDeviation, 1e-3);
        Assert.Equal((samples.Min(), samples.Max()), (distribution.Minimum, distribution.Maximum));
    });

    [Fact]
    public void Merging_is_counting_all_samples_together() => Gen.Select(Samples, Samples).Sample((one, other) =>
        AssertSame(
            LatencyDistribution.FromSamples([.. one, .. other]),
            LatencyDistribution.Merge([LatencyDistribution.FromSamples(one), LatencyDistribution.FromSamples(other)])));

    [Fact]
    public void Bytes_come_back_as_the_same_distribution() => Gen.Long.Select(n => n / 2).Array[0, 50].Sample(samples =>
    {
        var distribution = LatencyDistribution.FromSamples(samples);
        AssertSame(distribution, LatencyDistribution.FromBytes(distribution.ToBytes()));
    });

    [Fact]
    public void Damaged_bytes_are_refused()
    {
        var bytes = LatencyDistribution.FromSamples([3, 1, 4, 1, 5, 9, 2, 6]).ToBytes();

        Assert.Throws<InvalidDataException>(() => LatencyDistribution.FromBytes([]));
        Assert.Throws<InvalidDataException>(() => LatencyDistribution.FromBytes([2, .. bytes[1..]]));
        for (var length = 1; length < bytes.Length - 2; length++)
            Assert.Throws<InvalidDataException>(() => LatencyDistribution.FromBytes(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Nothing_has_no_percentile()
    {
        var nothing = LatencyDistribution.FromSamples([]);

        Assert.Equal(0, nothing.Count);
        Assert.Throws<InvalidOperationException>(() => nothing.Percentile(0.5));
    }

    private static void AssertSame(LatencyDistribution expected, LatencyDistribution actual)
    {
        Assert.Equal(expected.Values, actual.Values);
        Assert.Equal(expected.Counts, actual.Counts);
        Assert.Equal(expected.Count, actual.Count);
    }
}
