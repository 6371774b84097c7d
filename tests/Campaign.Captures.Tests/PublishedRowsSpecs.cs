using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests;

/// <summary>Real MoonSniff captures whose latencies were published by their authors.</summary>
public sealed class PublishedRowsSpecs
{
    private static readonly double[] Percentiles = [0.5, 0.9, 0.99, 0.999, 0.9999, 0.99999, 0.999999, 1];

    [Theory]
    [InlineData("hw", PacketIdentity.Hvnet, false, 300_000, "3137 3174 3362 7650 12462 13325 13550 13550")]
    [InlineData("hw", PacketIdentity.Moonsniff, false, 300_000, "3137 3174 3362 7650 12462 13325 13550 13550")]
    [InlineData("hw", PacketIdentity.Automatic, true, 289_992, "3137 3174 3362 7712 12162 13412 13550 13550")]
    [InlineData("vm", PacketIdentity.Hvnet, false, 300_000, "3338 3562 3987 14725 17375 18937 19150 19150")]
    [InlineData("vm", PacketIdentity.Moonsniff, true, 289_992, "3338 3562 3975 14725 17562 19000 19150 19150")]
    public void They_come_out_exactly(string set, PacketIdentity identity, bool filtered, long packets, string row)
    {
        var evaluation = CapturePair.Evaluate(
            TestData.Path($"captures/l2fwd-{set}-pre.pcap.zst"), TestData.Path($"captures/l2fwd-{set}-post.pcap.zst"),
            new EvaluationOptions { Identity = identity, Filtered = filtered }, TestContext.Current.CancellationToken);

        Assert.Equal(300_000, evaluation.Matched);
        Assert.Equal(packets, evaluation.Latencies.Count);
        Assert.Equal(row, string.Join(' ', Percentiles.Select(evaluation.Latencies.Percentile)));
    }

    [Fact]
    public void The_stalls_of_the_attribution_pair_are_found()
    {
        var evaluation = CapturePair.Evaluate(
            TestData.Path("attribution/tlbshootdown-pre.pcap.zst"), TestData.Path("attribution/tlbshootdown-post.pcap.zst"),
            new EvaluationOptions(), TestContext.Current.CancellationToken);

        Assert.Equal(45, evaluation.Worst.Count(w => w.Latency > 21_500));
        Assert.InRange(evaluation.Latencies.Values[^1], 1_881_530, 1_881_550);
        Assert.Equal(0, evaluation.Lost);
    }
}
