using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests;

/// <summary>Real MoonSniff captures of the low-latency artefacts, against the percentiles that their authors published.</summary>
public sealed class PublishedRowSpecs
{
    private static readonly double[] Columns = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 1];

    [Theory]
    [InlineData("hw", false, 300_000, new long[] { 3137, 3174, 3362, 7650, 12462, 13325, 13550, 13550 })]
    [InlineData("hw", true, 289_992, new long[] { 3137, 3174, 3362, 7712, 12162, 13412, 13550, 13550 })]
    [InlineData("vm", false, 300_000, new long[] { 3338, 3562, 3987, 14725, 17375, 18937, 19150, 19150 })]
    [InlineData("vm", true, 289_992, new long[] { 3338, 3562, 3975, 14725, 17562, 19000, 19150, 19150 })]
    public void The_published_percentiles_of_l2fwd_come_out_to_the_nanosecond(string set, bool filtered, long counted, long[] published)
    {
        Assert.True(ByteRange.TryParse("payload:0+4", out var bytes));
        foreach (var identity in Enum.GetValues<PacketIdentity>())
        {
            var both = Evaluate($"captures/l2fwd-{set}", new EvaluationOptions { Identity = identity, Bytes = bytes });
            var evaluation = filtered ? both.Filtered : both.All;

            Assert.Equal(published, Columns.Select(evaluation.Latencies.Percentile));
            Assert.Equal(counted, evaluation.Latencies.Count);
            Assert.Equal(300_000, evaluation.Matched);
            Assert.Equal(300_000 - counted, evaluation.Trimmed);
            Assert.Equal(0, evaluation.Lost + evaluation.UnmatchedPost + evaluation.DuplicatesPre + evaluation.DuplicatesPost + evaluation.Reordered + evaluation.OutsideWindow);
            Assert.Equal(100, evaluation.Pre.FrameBytes);
            Assert.Equal(5000, evaluation.Worst.Length);
            Assert.Equal(published[^1], evaluation.Worst[0].Latency);
        }
    }

    [Fact]
    public void The_pair_with_stalls_has_45_packets_above_21_5_microseconds()
    {
        var evaluation = Evaluate("attribution/tlbshootdown", new EvaluationOptions()).All;

        Assert.Equal(300_000, evaluation.Matched);
        Assert.Equal(1_881_540, evaluation.Latencies.Maximum, tolerance: 5L);
        Assert.Equal(17_260, evaluation.Latencies.Percentile(0.5), tolerance: 5L);
        Assert.Equal(254_350, evaluation.Latencies.Percentile(0.9999), tolerance: 5L);
        Assert.Equal(45, evaluation.Worst.Count(worst => worst.Latency > 21_500));
    }

    private static PairEvaluation Evaluate(string pair, EvaluationOptions options) => CapturePair.EvaluateBoth(
        TestData.Path($"{pair}-pre.pcap.zst"), TestData.Path($"{pair}-post.pcap.zst"), options, TestContext.Current.CancellationToken);
}
