using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Text;
using Xunit;

namespace Campaign.Captures.Tests;

/// <summary>What goes wrong with capture files, done to a good pair one damage at a time: one message, never a number that is off.</summary>
public sealed class DamagedCaptureSpecs
{
    private const int FileHeader = 24;
    private const int Record = 76;
    private const int Packets = 40;

    private static readonly SyntheticPair Pair = SyntheticPair.Calm(Packets, gap: 1_500_000);
    private static readonly byte[] Pre = new CapturePen().Draw(Pair.Pre);
    private static readonly byte[] Post = new CapturePen().Draw(Pair.Post);
    private static readonly string Undamaged = Describe(SyntheticPair.Evaluate(Pre, Post));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_flipped_bit_of_the_file_header_is_found_or_changes_nothing(bool inPre)
    {
        for (var bit = 0; bit < FileHeader * 8; bit++)
        {
            var outcome = EvaluateWith(inPre, capture => Flip(capture, bit));

            var isSnapLength = bit / 8 is >= 16 and < 20;
            Assert.True(outcome is null || (isSnapLength && Describe(outcome) == Undamaged), $"bit {bit}");
        }
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(true, 1)]
    [InlineData(true, 20)]
    [InlineData(true, Packets - 1)]
    [InlineData(false, 0)]
    [InlineData(false, 1)]
    [InlineData(false, 20)]
    [InlineData(false, Packets - 1)]
    public void A_flipped_bit_of_a_record_header_is_found_or_is_a_low_bit_of_one_timestamp(bool inPre, int record)
    {
        // In the middle of a capture time would run backwards by more than a millisecond; at its ends only half a second stands out.
        var undetectable = record is 0 or Packets - 1 ? 29 : 22;
        for (var bit = 0; bit < 16 * 8; bit++)
        {
            var outcome = EvaluateWith(inPre, capture => Flip(capture, (FileHeader + record * Record) * 8 + bit));
            if (outcome is null)
                continue;

            var nanosecondsBit = bit - 32;
            Assert.True(nanosecondsBit >= 0 && nanosecondsBit < undetectable, $"bit {bit} was not found");
            AssertOneLatencyDiffersBy(1L << nanosecondsBit, outcome);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_capture_cut_anywhere_is_found_unless_it_lacks_fewer_than_ten_whole_packets(bool inPre)
    {
        for (var length = 0; length < Pre.Length; length++)
        {
            var outcome = EvaluateWith(inPre, capture => capture[..length]);

            var missing = (Pre.Length - length) / (double)Record;
            Assert.True(outcome is null || missing is 1 or 2 or 3 or 4 or 5 or 6 or 7 or 8 or 9, $"cut to {length} bytes");
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(15)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(100)]
    [InlineData(3_000_000)]
    public void Appended_zeros_are_found(int zeros)
    {
        foreach (var inPre in new[] { true, false })
        {
            var problem = Assert.Single(ProblemsWith(inPre, capture => [.. capture, .. new byte[zeros]]));

            Assert.Equal(CaptureProblemKind.ZeroTail, problem.Kind);
            Assert.Equal(Pre.Length, problem.Offset);
            Assert.Contains($"{zeros} bytes", problem.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Zeros_with_data_behind_them_are_damage() =>
        Assert.Equal(CaptureProblemKind.CorruptRecord, Assert.Single(ProblemsWith(true, capture => [.. capture, .. new byte[3_000_000], 1])).Kind);

    [Fact]
    public void A_second_capture_appended_to_the_first_is_found()
    {
        var problem = Assert.Single(ProblemsWith(inPre: true, capture => [.. capture, .. capture]));

        Assert.Equal((CaptureProblemKind.Appended, Pre.Length), (problem.Kind, (int)problem.Offset));
    }

    [Fact]
    public void Files_given_in_the_wrong_order_are_found() =>
        Assert.StartsWith("The files seem to be swapped: 40 of 40", Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Post, Pre)).Message, StringComparison.Ordinal);

    [Fact]
    public void One_file_given_twice_is_found() =>
        Assert.Contains("it is one capture given twice", Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Pre, Pre)).Message, StringComparison.Ordinal);

    [Fact]
    public void Captures_of_two_measurements_are_found()
    {
        var other = new CapturePen().Draw(Pair.Post.Select(arrival => arrival with { Id = arrival.Id + 100_000 }));

        Assert.Contains("have no packet in common", Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Pre, other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_of_both_captures_are_told_together()
    {
        var refusal = Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Pre[..^1], [.. Post, .. new byte[5]]));

        Assert.Equal([CaptureProblemKind.Truncated, CaptureProblemKind.ZeroTail], refusal.Problems.Select(problem => problem.Kind));
        Assert.StartsWith("The captures are not evaluated, for 2 reasons:\n- pre ends within the record at byte", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lenient_evaluation_gives_the_rest_and_says_what_is_missing()
    {
        var evaluation = SyntheticPair.Evaluate(Pre, [.. Post[..^Record], .. new byte[500]], new EvaluationOptions { Strict = false });

        Assert.Equal((Packets - 1, 1), (evaluation.Matched, evaluation.Lost));
        Assert.Equal(CaptureProblemKind.ZeroTail, Assert.Single(evaluation.Problems).Kind);
    }

    [Fact]
    public void A_lenient_evaluation_of_a_device_that_passed_nothing_says_so()
    {
        var evaluation = SyntheticPair.Evaluate(Pre, Post[..FileHeader], new EvaluationOptions { Strict = false });

        Assert.Equal((Packets, 0), ((int)evaluation.Lost, (int)evaluation.Latencies.Count));
        Assert.Equal(CaptureProblemKind.NoPackets, Assert.Single(evaluation.Problems).Kind);
    }

    [Fact]
    public void A_filter_that_leaves_nothing_leaves_an_empty_distribution()
    {
        var evaluation = CapturePair.EvaluateBoth(new MemoryStream(Pre), new MemoryStream(Post), new EvaluationOptions(), TestContext.Current.CancellationToken).Filtered;

        Assert.Equal((Packets, Packets, 0), (evaluation.Matched, evaluation.Trimmed, evaluation.Latencies.Count));
        Assert.Empty(evaluation.Worst);
    }

    [Fact]
    public void A_lenient_evaluation_still_refuses_what_has_no_meaning()
    {
        Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Post, Pre, new EvaluationOptions { Strict = false }));
        Assert.Throws<CaptureException>(() => SyntheticPair.Evaluate(Pre, Encoding.ASCII.GetBytes("not a capture"), new EvaluationOptions { Strict = false }));
    }

    [Fact]
    public void A_loss_at_the_end_like_others_before_it_is_loss()
    {
        var pair = SyntheticPair.Calm(1000, gap: 1_500_000);
        var post = pair.Post.Where((_, n) => n % 300 < 270 && n < 980).ToArray();

        var evaluation = new SyntheticPair(pair.Pre, post).Evaluate(new EvaluationOptions());

        Assert.Equal(1000 - post.Length, evaluation.Lost);
        Assert.Equal(30, evaluation.LongestLossBurst);
    }

    private static byte[] Flip(byte[] capture, int bit)
    {
        var word = capture.AsSpan(bit / 32 * 4);
        BinaryPrimitives.WriteUInt32LittleEndian(word, BinaryPrimitives.ReadUInt32LittleEndian(word) ^ (1u << (bit % 32)));
        return capture;
    }

    private static LatencyEvaluation? EvaluateWith(bool inPre, Func<byte[], byte[]> damage)
    {
        try
        {
            return inPre ? SyntheticPair.Evaluate(damage([.. Pre]), Post) : SyntheticPair.Evaluate(Pre, damage([.. Post]));
        }
        catch (CaptureException e)
        {
            Assert.NotEmpty(e.Problems);
            return null;
        }
    }

    private static ImmutableArray<CaptureProblem> ProblemsWith(bool inPre, Func<byte[], byte[]> damage) =>
        Assert.Throws<CaptureException>(() => inPre ? SyntheticPair.Evaluate(damage([.. Pre]), Post) : SyntheticPair.Evaluate(Pre, damage([.. Post]))).Problems;

    private static void AssertOneLatencyDiffersBy(long difference, LatencyEvaluation outcome)
    {
        var honest = Pair.Post.Zip(Pair.Pre, (arrival, sent) => arrival.Time - sent.Time).Order().ToList();
        var found = outcome.Latencies.Values.Zip(outcome.Latencies.Counts).SelectMany(one => Enumerable.Repeat(one.First, (int)one.Second)).ToList();
        Assert.Equal(honest.Count, found.Count);
        Assert.Equal(difference, Math.Abs(found.Sum() - honest.Sum()));
        Assert.Single(found, latency => !honest.Remove(latency));
    }

    private static string Describe(LatencyEvaluation e) =>
        $"{Truth.Of(e)} {string.Join(',', e.Worst)} {string.Join(',', e.Seconds)} {e.Pre with { Path = "" }} {e.Post with { Path = "" }}";
}
