using System.Buffers.Binary;
using System.Collections.Immutable;
using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>The short way for the usual pair: two nanosecond pcaps, plain or packed, of packets whose MoonSniff ids ascend.</summary>
internal static class SequentialPair
{
    /// <summary>Reads and matches the pair; null when it is not of that kind, or turns out not to be.</summary>
    /// <param name="pre">The capture before.</param>
    /// <param name="post">The capture behind.</param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Looked at every few thousand packets.</param>
    /// <param name="shortest">Bytes that are worth a thread.</param>
    /// <exception cref="CaptureException">The captures are read well and do not belong together.</exception>
    public static Answer? TryRead(
        string pre, string post, EvaluationOptions options, CancellationToken cancellationToken, long shortest = SegmentCut.ShortestSegment)
    {
        if (options.Identity is not (PacketIdentity.Automatic or PacketIdentity.Moonsniff) || options.Form is not (CaptureForm.Automatic or CaptureForm.Pcap))
            return null;

        using var before = SequentialCapture.TryOpen(pre, options.Growing);
        using var behind = before is null ? null : SequentialCapture.TryOpen(post, options.Growing);
        if (before is null || behind is null || !MayMatchById(before, behind, options.Identity))
            return null;

        var threads = before.Bytes.IsRandomAccess && behind.Bytes.IsRandomAccess ? options.Threads : 1;
        var segments = SegmentCut.Of(before, behind, threads, shortest);
        return Read(before, behind, segments, options, cancellationToken)
            ?? (segments.Length == 1 ? null : Read(before, behind, SegmentCut.Of(before, behind, threads: 1, shortest), options, cancellationToken));
    }

    private static bool MayMatchById(SequentialCapture pre, SequentialCapture post, PacketIdentity wanted) =>
        wanted == PacketIdentity.Moonsniff
        || (IdentityChoice.CarriesIds(pre.Preview(), once: true) && IdentityChoice.CarriesIds(post.Preview(), once: false));

    private static Answer? Read(
        SequentialCapture pre, SequentialCapture post, ImmutableArray<SegmentBounds> bounds, EvaluationOptions options, CancellationToken cancellationToken)
    {
        using var clock = new PhaseClock(options.TrimNanoseconds == 0 ? long.MinValue : post.First + options.TrimNanoseconds);
        try
        {
            var segments = bounds.Select(one => new SegmentMatcher(pre, post, one, clock, options)).ToArray();
            Run(segments, clock, cancellationToken);
            var merger = new SegmentMerger(segments, options.Worst);
            return new Answer(
                merger.Tally, new MoonsniffIdentity(), merger.Summary(pre, side => side.Pre), merger.Summary(post, side => side.Post),
                merger.Problems, NameOf, options);
        }
        catch (NotSequentialException)
        {
            return null;
        }
    }

    private static void Run(SegmentMatcher[] segments, PhaseClock clock, CancellationToken cancellationToken)
    {
        Action<CancellationToken> RunSegment(int index) => end =>
        {
            try
            {
                if (index > 0)
                    clock.Wait(end);
                segments[index].Run(end);
            }
            catch (IOException)
            {
                throw new NotSequentialException();
            }
            finally
            {
                if (index == 0)
                    clock.Fail();
            }
        };

        AtOnce.Run(segments.Length, [.. Enumerable.Range(0, segments.Length).Select(RunSegment)], cancellationToken);
    }

    private static string NameOf(long id)
    {
        Span<byte> key = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(key, (uint)id);
        return Convert.ToHexStringLower(key);
    }
}
