using CsCheck;
using Xunit;

namespace Campaign.Captures.Tests.Matching;

public sealed class MatchingSpecs
{
    private static readonly EvaluationOptions Lenient = new() { Strict = false };

    [Theory]
    [InlineData(PacketIdentity.Moonsniff)]
    [InlineData(PacketIdentity.Hvnet)]
    public void A_stormy_pair_is_told_as_the_definitions_say(PacketIdentity identity)
    {
        for (var seed = 0; seed < 5; seed++)
        {
            var pair = SyntheticPair.Stormy(1000, seed);

            var evaluation = pair.Evaluate(Lenient with { Identity = identity });

            Assert.Equal(pair.Oracle(), Truth.Of(evaluation));
            AssertEveryPacketIsCountedOnce(evaluation);
        }
    }

    [Fact]
    public void Any_small_pair_is_told_as_the_definitions_say()
    {
        const long window = 4000;
        var sightings = Gen.Select(Gen.UInt[0, 12], Gen.Long[0, 1500]).Array[1, 20]
            .Select(steps => steps.Select((step, n) => new Sighting(step.Item1, SyntheticPair.Start + steps[..(n + 1)].Sum(s => s.Item2))).ToArray());

        Gen.Select(sightings, sightings).Sample((pre, post) =>
        {
            var pair = new SyntheticPair(pre, post);
            var truth = pair.Oracle(window);
            try
            {
                var evaluation = pair.Evaluate(Lenient with { Window = window, Identity = PacketIdentity.Moonsniff });
                AssertEveryPacketIsCountedOnce(evaluation);
                return truth == Truth.Of(evaluation);
            }
            catch (CaptureException e)
            {
                return e.Problems is [{ Kind: CaptureProblemKind.Swapped }] && truth.OutsideWindow > truth.Matched;
            }
        });
    }

    [Fact]
    public void Flows_that_each_count_from_zero_are_told_apart_by_their_addresses()
    {
        static byte[] Draw(long delay)
        {
            var pen = new CapturePen().Draw(Enumerable.Range(0, 200).Select(n => new Sighting((uint)(n / 2), SyntheticPair.Start + n * 1000 + delay)));
            for (var n = 0; n < 200; n++)
                pen[24 + n * 76 + 16 + 29] = (byte)(n % 2);
            return pen;
        }

        var evaluation = SyntheticPair.Evaluate(Draw(0), Draw(500));

        Assert.Equal("hvnet", evaluation.Identity);
        Assert.Equal(200, evaluation.Matched);
    }

    [Fact]
    public void The_trim_counts_from_the_first_arrival_and_leaves_loss_alone()
    {
        var pair = SyntheticPair.Calm(1000) with { };
        var first = pair.Post[0].Time;

        var evaluation = pair.Evaluate(new EvaluationOptions { TrimNanoseconds = 10_000_000 });

        Assert.Equal(pair.Post.Count(arrival => arrival.Time >= first + 10_000_000), evaluation.Latencies.Count);
        Assert.Equal(1000, evaluation.Matched);
        Assert.Equal(1000 - evaluation.Latencies.Count, evaluation.Trimmed);
    }

    [Fact]
    public void Seconds_have_no_gaps_and_add_up()
    {
        var pre = Enumerable.Range(0, 100).Select(n => new Sighting((uint)n, SyntheticPair.Start + n * 1_000_000 + (n < 50 ? 0 : 2_500_000_000))).ToArray();
        var post = pre.Where(sent => sent.Id % 10 != 3).Select(sent => sent with { Time = sent.Time + 1000 + sent.Id }).ToArray();

        var evaluation = new SyntheticPair(pre, post).Evaluate(new EvaluationOptions());

        Assert.Equal([0, 1, 2], evaluation.Seconds.Select(second => second.Second));
        Assert.Equal([(50, 45, 5), (0, 0, 0), (50, 45, 5)], evaluation.Seconds.Select(second => ((int)second.Sent, (int)second.Received, (int)second.Lost)));
        Assert.Equal(1099, evaluation.Seconds[2].Max);
        Assert.Equal(0, evaluation.Seconds[1].P50);
    }

    [Fact]
    public void The_worst_packets_come_largest_first_with_both_times_and_their_key()
    {
        var pair = SyntheticPair.Calm(500);

        var worst = pair.Evaluate(new EvaluationOptions { Worst = 7 }).Worst;

        var expected = pair.Pre.Zip(pair.Post, (sent, arrival) => (Latency: arrival.Time - sent.Time, sent.Time, sent.Id))
            .OrderByDescending(one => one.Latency).ThenBy(one => one.Time).Take(7).ToArray();
        Assert.Equal(expected.Select(one => (one.Latency, one.Time)), worst.Select(one => (one.Latency, one.PreTimestamp)));
        Assert.All(worst, one => Assert.Equal(one.Latency, one.PostTimestamp - one.PreTimestamp));
        Assert.Equal(Convert.ToHexStringLower(BitConverter.GetBytes(expected[0].Id)), worst[0].Key);
    }

    private static void AssertEveryPacketIsCountedOnce(LatencyEvaluation e)
    {
        Assert.Equal(e.Pre.Packets, e.Matched + e.Lost + e.OutsideWindow + e.DuplicatesPre);
        Assert.Equal(e.Post.Packets, e.Matched + e.OutsideWindow + e.DuplicatesPost + e.UnmatchedPost + e.AmbiguousPost);
        Assert.Equal(0, e.Foreign);
    }
}
