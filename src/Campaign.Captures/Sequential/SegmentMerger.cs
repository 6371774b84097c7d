using System.Collections.Immutable;
using Campaign.Captures.Matching;

namespace Campaign.Captures.Sequential;

/// <summary>Puts what the segments counted together, as if one had read everything.</summary>
internal sealed class SegmentMerger
{
    private readonly SegmentMatcher[] _segments;

    public SegmentMerger(SegmentMatcher[] segments, int worst)
    {
        _segments = segments;
        Tally = new PairTally(worst);
        for (var index = 1; index < segments.Length; index++)
            RequireOrder(segments[index - 1], segments[index]);
        foreach (var segment in segments)
            Add(segment);
        Tally.GapsPre = Gaps(segment => segment.Pre);
        Tally.GapsPost = Gaps(segment => segment.Post);
        Tally.LongestLatency = Math.Max(Tally.LongestLatency, Tally.Early.Parts.Concat(Tally.Kept.Parts).Select(part => part.Last).DefaultIfEmpty().Max());
        Tally.LastSent = segments[^1].LastSent;
        new LossWalk(segments, Tally).Run();
    }

    public PairTally Tally { get; }

    public ImmutableArray<CaptureProblem> Problems =>
        [.. _segments.SelectMany(segment => segment.Pre.Problems), .. _segments.SelectMany(segment => segment.Post.Problems)];

    public CaptureSummary Summary(SequentialCapture capture, Func<SegmentMatcher, Side> side)
    {
        var sides = _segments.Select(side).ToArray();
        var frame = sides.Any(one => one.FrameBytes != sides[0].FrameBytes) ? 0 : Math.Max(0, sides[0].FrameBytes);
        return new CaptureSummary(
            capture.Path, capture.Format.ToString(), sides.Sum(one => one.Packets), sides[0].First, sides[^1].Last, sides[^1].Window.Offset, frame);
    }

    /// <summary>What a segment checks from packet to packet must hold from its last one to the next segment's first.</summary>
    private static void RequireOrder(SegmentMatcher one, SegmentMatcher next)
    {
        if (next.Pre.First < one.Pre.Last || next.Post.First < one.Post.Last)
            throw new NotSequentialException();
    }

    private void Add(SegmentMatcher segment)
    {
        Tally.Matches.Matched += segment.Matched;
        Tally.Matches.DuplicatesPre += segment.DuplicatesPre;
        Tally.Matches.DuplicatesPost += segment.DuplicatesPost;
        Tally.UnmatchedPost += segment.UnmatchedPost;
        Tally.Matches.AmbiguousPost += segment.AmbiguousPost;
        Tally.Matches.OutsideWindow += segment.OutsideIds.Count;
        Tally.ForeignPre += segment.Pre.Foreign;
        Tally.ForeignPost += segment.Post.Foreign;
        Tally.Reordered += segment.Reordered;
        Tally.LongestLatency = Math.Max(Tally.LongestLatency, segment.LongestLatency);
        Tally.Early.Add(segment.Early);
        Tally.Kept.Add(segment.Kept);
        Tally.UnmatchedRun.Join(segment.UnmatchedRun);
        Add(Tally.SentPerSecond, segment.Pre.PerSecond);
        Add(Tally.ReceivedPerSecond, segment.Post.PerSecond);
        Add(Tally.ReceivedPerOwnSecond, segment.Post.PerOwnSecond);
        Add(Tally.LostPerSecond, segment.LostPerSecond);
        foreach (var (sent, arrived) in segment.OutsideIds.Values)
            Tally.NoteOutside(arrived - sent);
    }

    private static void Add(SecondCounts all, SecondCounts part)
    {
        all.Start = part.Start;
        all.Add(part);
    }

    private CompactCounts Gaps(Func<SegmentMatcher, Side> side)
    {
        var parts = new List<CompactCounts>();
        for (var index = 0; index < _segments.Length; index++)
        {
            parts.Add(side(_segments[index]).Gaps.Take());
            if (index > 0)
                parts.Add(CompactCounts.One(side(_segments[index]).First - side(_segments[index - 1]).Last));
        }

        return MergedCounts.Of(parts);
    }
}
