using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Captures.Matching;

/// <summary>What two captures say about each other: whether they are a pair at all, and whether one of them breaks off.</summary>
internal static class PairChecks
{
    private const int SmallestTail = 100;

    /// <exception cref="CaptureException">The pair cannot be evaluated; in strict mode also when anything is wrong with it.</exception>
    public static void Check(
        bool strict, CaptureTally pre, CaptureTally post, long matched, long early, ImmutableArray<CaptureProblem> problems, List<long> sent, List<Fate> fates, long unmatched)
    {
        if (early > matched)
        {
            throw Refuse($"{early} of {early + matched} packets would have arrived before they were sent: {pre.Path} and {post.Path} seem to be swapped. Give the capture taken before the device first.");
        }

        if (!strict)
        {
            return;
        }

        if (!problems.IsEmpty)
        {
            throw new CaptureException(string.Join('\n', problems.Select(p => p.Message)));
        }

        foreach (var side in new[] { pre, post }.Where(s => s.Packets == 0))
        {
            throw Refuse($"{side.Path} contains no packets. Was the capture started before the traffic?");
        }

        if (matched == 0)
        {
            throw Refuse($"{pre.Path} and {post.Path} have no packet in common: they do not belong together, or their packets carry no identity.");
        }

        if (early > 0)
        {
            throw Refuse($"{early} packets arrived before they were sent: a capture is damaged, or the two were not taken with one clock.");
        }

        CheckEnds(pre, post, sent, fates, unmatched);
    }

    // A capture that was cut between two records is whole by itself; only the other one shows it.
    private static void CheckEnds(CaptureTally pre, CaptureTally post, List<long> sent, List<Fate> fates, long unmatched)
    {
        var last = fates.FindLastIndex(f => f != Fate.Lost);
        var tail = fates.Count - 1 - last;
        if (tail > SmallestTail && tail > fates.Count / 100)
        {
            throw Refuse($"{post.Path} ends {(sent[^1] - post.Last) / 1e9:0.000} s before {pre.Path}: the last {tail} packets were sent after it, so it seems to be cut off.");
        }

        if (unmatched > SmallestTail && unmatched > post.Packets / 100 && post.Last > pre.Last + 1_000_000)
        {
            throw Refuse($"{pre.Path} ends {(post.Last - pre.Last) / 1e9:0.000} s before {post.Path}, where {unmatched} packets were never seen before: it seems to be cut off.");
        }
    }

    private static CaptureException Refuse(FormattableString why) => new(why.ToString(CultureInfo.InvariantCulture));
}
