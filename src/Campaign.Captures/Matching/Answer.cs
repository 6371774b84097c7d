using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>From what was counted to what is told: both of HVNet's evaluations, of all packets and of those after the first second.</summary>
internal static class Answer
{
    /// <param name="tally">What was counted.</param>
    /// <param name="identity">The rule it was matched by.</param>
    /// <param name="pre">The capture before.</param>
    /// <param name="post">The capture behind.</param>
    /// <param name="problems">What is wrong with either; what only the two together can tell is found here.</param>
    /// <param name="name">The identity of a packet among the worst, in hexadecimal digits.</param>
    /// <param name="options">How many of the worst are wanted, and how strict to be.</param>
    /// <exception cref="CaptureException">Numbers would mean nothing, or a strict evaluation was asked for.</exception>
    public static PairEvaluation Of(
        PairTally tally, IdentityRule identity, CaptureSummary pre, CaptureSummary post, ImmutableArray<CaptureProblem> problems,
        Func<long, string> name, EvaluationOptions options)
    {
        problems = [.. problems, .. new PairChecks(tally, identity, pre, post).Problems];
        Judgement.Of(problems, options);
        var everything = new PhaseTally(options.Worst);
        everything.Add(tally.Early);
        everything.Add(tally.Kept);
        var all = new LatencyEvaluation
        {
            Pre = pre,
            Post = post,
            Identity = identity.Name,
            Matched = tally.Matched,
            Lost = tally.Lost,
            LongestLossBurst = tally.Loss.Longest,
            UnmatchedPost = tally.UnmatchedPost,
            DuplicatesPre = tally.DuplicatesPre,
            DuplicatesPost = tally.DuplicatesPost,
            AmbiguousPost = tally.AmbiguousPost,
            Foreign = tally.ForeignPre + tally.ForeignPost,
            Reordered = tally.Reordered,
            OutsideWindow = tally.OutsideWindow,
            Trimmed = tally.Trimmed,
            Latencies = Distribution(everything),
            Worst = everything.Worst.Sorted(name),
            Seconds = Seconds(tally, everything, pre, post),
            Problems = problems,
        };
        var filtered = Distribution(tally.Kept);
        return new PairEvaluation(all, all with
        {
            Trimmed = tally.Matched - filtered.Count,
            Latencies = filtered,
            Worst = tally.Kept.Worst.Sorted(name),
            Seconds = Seconds(tally, tally.Kept, pre, post),
        });
    }

    private static LatencyDistribution Distribution(PhaseTally phase)
    {
        var values = ImmutableArray.CreateBuilder<long>();
        var counts = ImmutableArray.CreateBuilder<long>();
        foreach (var one in MergedCounts.Of([.. phase.Parts]))
        {
            values.Add(one.Value);
            counts.Add(one.Count);
        }

        return new LatencyDistribution(values.DrainToImmutable(), counts.DrainToImmutable());
    }

    /// <summary>One entry for each second from the first packet before to the last packet of either capture; none without a packet before.</summary>
    private static ImmutableArray<SecondSummary> Seconds(PairTally tally, PhaseTally phase, CaptureSummary pre, CaptureSummary post)
    {
        if (pre.Packets == 0)
            return [];

        // Captures without a match may not share a clock: the one behind may seem to end years later.
        var end = tally.Matched == 0 ? pre.LastTimestamp : Math.Max(pre.LastTimestamp, post.LastTimestamp);
        var last = (int)Math.Max(0, tally.SentPerSecond.SecondOf(end));
        var seconds = ImmutableArray.CreateBuilder<SecondSummary>(last + 1);
        for (var second = 0; second <= last; second++)
        {
            var ranks = new SecondRanks(phase.Of(second));
            seconds.Add(new SecondSummary(
                second, tally.SentPerSecond[second], tally.ReceivedPerSecond[second], tally.LostPerSecond[second], ranks.P50, ranks.P99, ranks.P999, ranks.Maximum));
        }

        return seconds.MoveToImmutable();
    }

    /// <summary>The percentiles of a second, found in one walk; 0 when it has no packet.</summary>
    private readonly struct SecondRanks
    {
        public SecondRanks(IReadOnlyList<CompactCounts> parts)
        {
            var total = parts.Sum(part => part.Total);
            var (half, hundredth, thousandth) = (LatencyDistribution.Rank(0.5, total), LatencyDistribution.Rank(0.99, total), LatencyDistribution.Rank(0.999, total));
            var passed = 0L;
            foreach (var one in MergedCounts.Of(parts))
            {
                var value = one.Value;
                (var before, passed) = (passed, passed + one.Count);
                P50 = before < half && half <= passed ? value : P50;
                P99 = before < hundredth && hundredth <= passed ? value : P99;
                P999 = before < thousandth && thousandth <= passed ? value : P999;
                Maximum = value;
            }
        }

        public long P50 { get; }

        public long P99 { get; }

        public long P999 { get; }

        public long Maximum { get; }
    }
}
