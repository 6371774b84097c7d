using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>From what was counted to what is told: both of HVNet's evaluations, of all packets and of those after the first second.</summary>
internal sealed class Answer
{
    /// <summary>Seconds, about twelve days; a longer trial is a damaged clock.</summary>
    private const long LongestSeries = 1_000_000;

    private readonly PairTally _tally;
    private readonly IdentityRule _identity;
    private readonly CaptureSummary _pre;
    private readonly CaptureSummary _post;
    private readonly ImmutableArray<CaptureProblem> _problems;
    private readonly Func<long, string> _name;
    private readonly int _worst;

    /// <param name="tally">What was counted.</param>
    /// <param name="identity">The rule it was matched by.</param>
    /// <param name="pre">The capture before.</param>
    /// <param name="post">The capture behind.</param>
    /// <param name="problems">What is wrong with either; what only the two together can tell is found here.</param>
    /// <param name="name">The identity of a packet among the worst, in hexadecimal digits.</param>
    /// <param name="options">How many of the worst are wanted, and how strict to be.</param>
    /// <exception cref="CaptureException">Numbers would mean nothing, or a strict evaluation was asked for.</exception>
    public Answer(
        PairTally tally, IdentityRule identity, CaptureSummary pre, CaptureSummary post, ImmutableArray<CaptureProblem> problems,
        Func<long, string> name, EvaluationOptions options)
    {
        _tally = tally;
        _identity = identity;
        _pre = pre;
        _post = post;
        _problems = [.. problems, .. new PairChecks(tally, identity, pre, post).Problems];
        _name = name;
        _worst = options.Worst;
        Judgement.Of(_problems, options);
    }

    /// <summary>Every matched packet that the trim left.</summary>
    public LatencyEvaluation All()
    {
        var everything = new PhaseTally(_worst);
        everything.Add(_tally.Early);
        everything.Add(_tally.Kept);
        return Of(everything);
    }

    /// <summary>Of those, what arrived after the first second.</summary>
    public LatencyEvaluation Filtered() => Of(_tally.Kept);

    /// <summary>Both, and what belongs to neither.</summary>
    public PairEvaluation Both()
    {
        var all = All();
        return new PairEvaluation
        {
            All = all,
            Filtered = Filtered(),
            GapsPre = Distribution(_tally.GapsPre),
            GapsPost = Distribution(_tally.GapsPost),
            RatePre = _tally.SentPerSecond.All(),
            RatePost = _tally.ReceivedPerOwnSecond.All(),
            Late = _tally.Matches.OutsideWindow - _tally.EarlyArrivals,
            Seconds = [.. all.Seconds.Select(one => Distribution(MergedCounts.Of([.. _tally.Early.Of(one.Second), .. _tally.Kept.Of(one.Second)])))],
            Flows = _tally.Flows?.All(Distribution) ?? [],
        };
    }

    private LatencyEvaluation Of(PhaseTally phase)
    {
        var latencies = Distribution(MergedCounts.Of([.. phase.Parts]));
        return new LatencyEvaluation
        {
            Pre = _pre,
            Post = _post,
            Identity = _identity.Name,
            Matched = _tally.Matches.Matched,
            Lost = _tally.Lost,
            LongestLossBurst = _tally.Loss.Longest,
            UnmatchedPost = _tally.UnmatchedPost,
            DuplicatesPre = _tally.Matches.DuplicatesPre,
            DuplicatesPost = _tally.Matches.DuplicatesPost,
            AmbiguousPost = _tally.Matches.AmbiguousPost,
            Foreign = _tally.ForeignPre + _tally.ForeignPost,
            Reordered = _tally.Reordered,
            OutsideWindow = _tally.Matches.OutsideWindow,
            Trimmed = _tally.Matches.Matched - latencies.Count,
            Latencies = latencies,
            Worst = phase.Worst.Sorted(_name),
            Seconds = Seconds(_tally, phase, _pre, _post),
            Problems = _problems,
        };
    }

    private static LatencyDistribution Distribution(CompactCounts merged)
    {
        var values = ImmutableArray.CreateBuilder<long>(merged.Distinct);
        var counts = ImmutableArray.CreateBuilder<long>(merged.Distinct);
        foreach (var one in merged)
        {
            values.Add(one.Value);
            counts.Add(one.Count);
        }

        return new LatencyDistribution(values.MoveToImmutable(), counts.MoveToImmutable());
    }

    /// <summary>One entry for each second from the first packet before to the last packet of either capture; none without a packet before.</summary>
    private static ImmutableArray<SecondSummary> Seconds(PairTally tally, PhaseTally phase, CaptureSummary pre, CaptureSummary post)
    {
        if (pre.Packets == 0)
            return [];

        // Captures without a match may not share a clock: the one behind may seem to end years later.
        var end = tally.Matches.Matched == 0 ? pre.LastTimestamp : Math.Max(pre.LastTimestamp, post.LastTimestamp);
        var last = (int)Math.Clamp(tally.SentPerSecond.SecondOf(end), 0, LongestSeries);
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
