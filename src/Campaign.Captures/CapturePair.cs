using System.Collections.Immutable;
using Campaign.Captures.Matching;
using Campaign.Captures.Partitioned;
using Campaign.Captures.Pcap;
using Campaign.Captures.Sequential;

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
        Read(pre, post, options, cancellationToken).All();

    /// <summary>The same for captures in streams, which are closed; messages call them <c>pre</c> and <c>post</c>.</summary>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    public static LatencyEvaluation Evaluate(Stream pre, Stream post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Read(pre, post, options, cancellationToken).All();

    /// <summary>HVNet's two evaluations from one reading.</summary>
    /// <param name="pre">The capture taken before the device; <c>-</c> is standard input.</param>
    /// <param name="post">The capture taken behind the device.</param>
    /// <param name="options">As for <see cref="Evaluate(string, string, EvaluationOptions, CancellationToken)"/>.</param>
    /// <param name="cancellationToken">Looked at every few thousand packets.</param>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    public static PairEvaluation EvaluateBoth(string pre, string post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Read(pre, post, options, cancellationToken).Both();

    /// <summary>HVNet's two evaluations of captures in streams, which are closed.</summary>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    public static PairEvaluation EvaluateBoth(Stream pre, Stream post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Read(pre, post, options, cancellationToken).Both();

    private static Answer Read(string pre, string post, EvaluationOptions options, CancellationToken cancellationToken) =>
        SequentialPair.TryRead(pre, post, options, cancellationToken)
        ?? Read(() => CaptureReader.Open(pre, options.Form), () => CaptureReader.Open(post, options.Form), options, cancellationToken);

    private static Answer Read(Stream pre, Stream post, EvaluationOptions options, CancellationToken cancellationToken) =>
        Read(() => CaptureReader.Open(pre, nameof(pre), options.Form), () => CaptureReader.Open(post, nameof(post), options.Form), options, cancellationToken);

    private static Answer Read(
        Func<CaptureReader> openPre, Func<CaptureReader> openPost, EvaluationOptions options, CancellationToken cancellationToken)
    {
        var unreadable = ImmutableArray.CreateBuilder<CaptureProblem>();
        using var pre = Open(openPre, unreadable);
        using var post = Open(openPost, unreadable);
        if (pre is null || post is null)
            throw new CaptureException(unreadable.ToImmutable());

        return PartitionedPair.Read(pre, post, options, cancellationToken);
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
}
