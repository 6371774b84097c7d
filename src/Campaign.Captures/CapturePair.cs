using System.Collections.Immutable;
using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures;

/// <summary>A capture before and one behind the device under test, taken with one clock.</summary>
public static class CapturePair
{
    /// <summary>Matches every packet before the device with the same packet behind it.</summary>
    /// <param name="pre">The capture taken before the device; pcap, plain or packed with zstd.</param>
    /// <param name="post">The capture taken behind the device.</param>
    /// <param name="options">What makes two records the same packet, what is left out, and how strict to be.</param>
    /// <param name="cancellationToken">Looked at every few thousand packets.</param>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    public static LatencyEvaluation Evaluate(string pre, string post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Evaluate(() => CaptureReader.Open(pre), () => CaptureReader.Open(post), options, cancellationToken);

    /// <summary>The same for captures in streams, which are closed; messages call them <c>pre</c> and <c>post</c>.</summary>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    public static LatencyEvaluation Evaluate(Stream pre, Stream post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Evaluate(() => CaptureReader.Open(pre, nameof(pre)), () => CaptureReader.Open(post, nameof(post)), options, cancellationToken);

    private static LatencyEvaluation Evaluate(
        Func<CaptureReader> openPre, Func<CaptureReader> openPost, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var unreadable = ImmutableArray.CreateBuilder<CaptureProblem>();
        using var pre = Open(openPre, unreadable);
        using var post = Open(openPost, unreadable);
        if (pre is null || post is null)
            throw new CaptureException(unreadable.ToImmutable());

        var identity = IdentityChoice.For(options.Identity, pre, post);
        var matcher = new PairMatcher(identity, options.Window);
        matcher.ReadPre(pre, cancellationToken);
        matcher.ReadPost(post, cancellationToken);
        ImmutableArray<CaptureProblem> problems = [.. pre.Problems, .. post.Problems];
        Judge(problems, options);

        var checks = new PairChecks(matcher, identity, pre.Summary, post.Summary);
        problems = [.. problems, .. checks.Problems];
        Judge(problems, options);
        return Answer(matcher, identity, checks, options, pre.Summary, post.Summary, problems);
    }

    private static CaptureReader? Open(Func<CaptureReader> open, ImmutableArray<CaptureProblem>.Builder unreadable)
    {
        try
        {
            return open();
        }
        catch (CaptureException e)
        {
            unreadable.AddRange(e.Problems);
            return null;
        }
    }

    private static void Judge(ImmutableArray<CaptureProblem> problems, EvaluationOptions options)
    {
        if (options.Strict ? problems.Length > 0 : problems.Any(problem => !problem.LeavesTheRestUsable))
            throw new CaptureException(problems);
    }

    private static LatencyEvaluation Answer(
        PairMatcher matcher, IdentityRule identity, PairChecks checks, EvaluationOptions options,
        CaptureSummary pre, CaptureSummary post, ImmutableArray<CaptureProblem> problems)
    {
        var latencies = new MatchedLatencies(matcher, options);
        return new LatencyEvaluation
        {
            Pre = pre,
            Post = post,
            Identity = identity.Name,
            Matched = matcher.Matched,
            Lost = checks.Lost,
            LongestLossBurst = checks.Loss.Longest,
            UnmatchedPost = matcher.UnmatchedPost,
            DuplicatesPre = matcher.DuplicatesPre,
            DuplicatesPost = matcher.DuplicatesPost,
            AmbiguousPost = matcher.AmbiguousPost,
            Foreign = matcher.ForeignPre + matcher.ForeignPost,
            Reordered = matcher.Reordered,
            OutsideWindow = matcher.OutsideWindow,
            Trimmed = latencies.Trimmed,
            Latencies = latencies.Distribution,
            Worst = latencies.Worst,
            Seconds = latencies.Seconds(pre, post),
            Problems = problems,
        };
    }
}
