using Campaign.Captures.Sequential;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Sequential;

/// <summary>The short way must say what the matcher for any pair says, or step aside.</summary>
public sealed class SequentialPairSpecs
{
    private static readonly EvaluationOptions Lenient = new() { Strict = false, Worst = 50, Identity = PacketIdentity.Moonsniff };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Any_number_of_threads_gives_the_answer_of_the_general_matcher(int threads)
    {
        for (var seed = 0; seed < 4; seed++)
        {
            var pair = Busy(60_000, seed);
            AssertSame(pair, Lenient with { Threads = threads });
        }
    }

    [Theory]
    [InlineData(0.3, 0)]
    [InlineData(0.9, 0)]
    [InlineData(0.01, 5_000_000)]
    [InlineData(0.01, 4_900_000_000)]
    public void Heavy_loss_and_long_latencies_are_told_exactly(double loss, long delay) =>
        AssertSame(Busy(150_000, 7, loss, delay), Lenient with { Threads = 2 });

    [Fact]
    public void Trim_and_filter_are_those_of_the_general_matcher()
    {
        var pair = Busy(60_000, 11, gap: 50_000);
        foreach (var trim in new long[] { 0, 300_000_000, 1_500_000_000, 9_000_000_000 })
            AssertSame(pair, Lenient with { TrimNanoseconds = trim });
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(50)]
    public void Captures_that_are_still_growing_may_end_anywhere(int more)
    {
        const int record = 76;
        using var folder = new TempFolder();
        var (pre, post) = Write(folder, Busy(60_000, 12, gap: 1000));
        pre = pre[..(24 + 50_000 * record + more)];
        post = post[..(24 + 40_000 * record + more)];
        File.WriteAllBytes(folder["pre.pcap"], pre);
        File.WriteAllBytes(folder["post.pcap"], post);
        var options = Lenient with { Growing = true, Threads = 2 };

        var expected = CapturePair.EvaluateBoth(new MemoryStream(pre), new MemoryStream(post), options, TestContext.Current.CancellationToken);
        var answer = SequentialPair.TryRead(folder["pre.pcap"], folder["post.pcap"], options, TestContext.Current.CancellationToken, shortest: 1 << 18);

        Assert.NotNull(answer);
        Assert.Equal((50_000, 40_000), (answer.All().Pre.Packets, answer.All().Post.Packets));
        Assert.DoesNotContain(expected.All.Problems, problem => problem.Kind == CaptureProblemKind.Truncated);
        AssertSame(expected.All, answer.All());
        AssertSame(expected.Filtered, answer.Filtered());
    }

    [Fact]
    public void Packets_later_than_the_ring_is_long_still_match()
    {
        var calm = SyntheticPair.Calm(200_000, 1000);
        var post = calm.Post.Select((arrival, n) => n % 9_973 == 5 ? arrival with { Time = arrival.Time + 100_000_000 } : arrival).OrderBy(a => a.Time).ToArray();
        AssertSame(calm with { Post = post }, Lenient, mustBeShort: true);
    }

    [Fact]
    public void A_plain_capture_and_a_packed_one_are_a_pair()
    {
        using var folder = new TempFolder();
        Write(folder, Busy(60_000, 3));
        AssertSame(folder["pre.pcap"], CaptureArchive.Compress(folder["post.pcap"]), Lenient with { Threads = 2 }, mustBeShort: true);
    }

    [Fact]
    public void A_packed_capture_that_is_cut_or_damaged_is_left_to_the_general_matcher()
    {
        using var folder = new TempFolder();
        Write(folder, Busy(200_000, 5));
        var (pre, post) = (CaptureArchive.Compress(folder["pre.pcap"]), CaptureArchive.Compress(folder["post.pcap"]));
        var whole = File.ReadAllBytes(post);
        byte[] damaged = [.. whole];
        damaged[whole.Length / 2] ^= 0x40;
        foreach (var bytes in new[] { whole[..(whole.Length / 2)], damaged, whole[..^1] })
        {
            File.WriteAllBytes(post, bytes);
            Assert.Null(SequentialPair.TryRead(pre, post, Lenient, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public void Ids_that_pass_four_billion_go_on()
    {
        var pair = Ordered(SyntheticPair.Calm(30_000, 1000));
        static Sighting Shift(Sighting one) => one with { Id = one.Id - 20_000 };
        AssertSame(new SyntheticPair([.. pair.Pre.Select(Shift)], [.. pair.Post.Select(Shift)]), Lenient, mustBeShort: true);
    }

    [Fact]
    public void Repeated_missing_foreign_and_unsent_ids_are_told_exactly()
    {
        var pair = SyntheticPair.Calm(50_000, 1000);
        var pre = pair.Pre.Where((_, n) => n % 1000 != 17).SelectMany((sent, n) => n % 997 == 3 ? [sent, sent with { Time = sent.Time + 10 }] : new[] { sent });
        var post = pair.Post.SelectMany((arrival, n) => (n % 911) switch
        {
            1 => [arrival, arrival with { Time = arrival.Time + 300 }],
            2 => [arrival, new Sighting(arrival.Id + 2_000_000_000, arrival.Time + 5)],
            _ => new[] { arrival },
        });
        AssertSame(new SyntheticPair([.. pre.OrderBy(s => s.Time)], [.. post.OrderBy(s => s.Time)]), Lenient);
    }

    [Fact]
    public void Evaluating_allocates_nothing_per_packet()
    {
        using var folder = new TempFolder();
        long Allocated(int packets)
        {
            Write(folder, Ordered(SyntheticPair.Calm(packets, 200)));
            var before = GC.GetAllocatedBytesForCurrentThread();
            Assert.Equal(packets, SequentialPair.TryRead(folder["pre.pcap"], folder["post.pcap"], Lenient with { Threads = 1 }, default)!.All().Matched);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Allocated(50_000);
        var few = Allocated(50_000);
        var many = Allocated(400_000);

        Assert.InRange(many - few, -3_000_000, 300_000);
    }

    /// <summary>A queue with loss, overtaking, doubles and stalls.</summary>
    private static SyntheticPair Busy(int packets, int seed, double loss = 0.01, long delay = 0, long gap = 1000)
    {
        var random = new Random(seed);
        var pre = Enumerable.Range(0, packets).Select(n => new Sighting((uint)n + 945, SyntheticPair.Start + n * gap)).ToArray();
        var post = new List<Sighting>();
        var clock = 0L;
        foreach (var sent in pre)
        {
            clock = Math.Max(clock + 70, sent.Time + 3000 + delay + random.Next(500) + (random.NextDouble() < 0.0003 ? 400_000 : 0));
            if (random.NextDouble() < loss)
                continue;
            post.Add(sent with { Time = clock + (random.NextDouble() < 0.002 ? random.Next(200_000) : 0) });
            if (random.NextDouble() < 0.0005)
                post.Add(sent with { Time = clock + random.Next(50_000) });
        }

        return new SyntheticPair(pre, [.. post.OrderBy(arrival => arrival.Time)]);
    }

    /// <summary>Plain, and packed.</summary>
    private static void AssertSame(SyntheticPair pair, EvaluationOptions options, bool mustBeShort = true)
    {
        using var folder = new TempFolder();
        Write(folder, pair);
        AssertSame(folder["pre.pcap"], folder["post.pcap"], options, mustBeShort);
        AssertSame(CaptureArchive.Compress(folder["pre.pcap"]), CaptureArchive.Compress(folder["post.pcap"]), options, mustBeShort);
    }

    private static void AssertSame(string pre, string post, EvaluationOptions options, bool mustBeShort)
    {
        var expected = CapturePair.EvaluateBoth(File.OpenRead(pre), File.OpenRead(post), options, TestContext.Current.CancellationToken);

        var answer = SequentialPair.TryRead(pre, post, options, TestContext.Current.CancellationToken, shortest: 1 << 18);

        Assert.Equal(mustBeShort, answer is not null);
        if (answer is null)
            return;
        AssertSame(expected.All, answer.All());
        AssertSame(expected.Filtered, answer.Filtered());
    }

    private static void AssertSame(LatencyEvaluation expected, LatencyEvaluation actual)
    {
        Assert.Equal(expected.Latencies.Values, actual.Latencies.Values);
        Assert.Equal(expected.Latencies.Counts, actual.Latencies.Counts);
        Assert.Equal(expected.Worst, actual.Worst);
        Assert.Equal(expected.Seconds, actual.Seconds);
        Assert.Equal(expected.Problems.Select(problem => problem.Kind), actual.Problems.Select(problem => problem.Kind));
        Assert.Equal(Bare(expected), Bare(actual));
    }

    private static LatencyEvaluation Bare(LatencyEvaluation evaluation) => evaluation with
    {
        Latencies = Nothing,
        Worst = [],
        Seconds = [],
        Problems = [],
        Pre = evaluation.Pre with { Path = "" },
        Post = evaluation.Post with { Path = "" },
    };

    private static SyntheticPair Ordered(SyntheticPair pair) => pair with { Post = [.. pair.Post.OrderBy(arrival => arrival.Time)] };

    private static readonly LatencyDistribution Nothing = new([], []);

    private static (byte[] Pre, byte[] Post) Write(TempFolder folder, SyntheticPair pair)
    {
        var (pre, post) = (new CapturePen().Draw(pair.Pre), new CapturePen().Draw(pair.Post));
        File.WriteAllBytes(folder["pre.pcap"], pre);
        File.WriteAllBytes(folder["post.pcap"], post);
        return (pre, post);
    }
}
