using System.Collections.Immutable;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <summary>Cuts a pair into stretches for the threads, at places where all ids before the cut are below all ids after it, in both files.</summary>
/// <remarks>That this holds is only seen near the cut; the matcher of a stretch finds out when an id is somewhere else after all.</remarks>
internal static class SegmentCut
{
    /// <summary>Shorter stretches are not worth a thread (bytes).</summary>
    public const long ShortestSegment = 1 << 25;

    /// <summary>How many packets around a cut are looked at.</summary>
    private const int LookedAt = 1 << 12;

    private const uint FurthestJump = 1u << 31;

    public static ImmutableArray<SegmentBounds> Of(SequentialCapture pre, SequentialCapture post, int threads, long shortest)
    {
        var wanted = Math.Min(threads, Math.Min(pre.Length, post.Length) / shortest);
        var cuts = new List<(long Pre, long Post, uint Id)> { (FileHeader.Size, FileHeader.Size, pre.FirstId) };
        for (var part = 1; part < wanted; part++)
        {
            if (Find(pre, post, FileHeader.Size + (post.Length - FileHeader.Size) / wanted * part) is { } cut && cut.Pre > cuts[^1].Pre && cut.Post > cuts[^1].Post)
                cuts.Add(cut);
        }

        return [.. cuts.Select((from, index) =>
        {
            var to = index + 1 < cuts.Count ? cuts[index + 1] : (Pre: pre.Length, Post: post.Length, Id: from.Id - 1);
            return new SegmentBounds(from.Pre, to.Pre, from.Post, to.Post, from.Id, to.Id - from.Id, cuts.Count == 1);
        })];
    }

    private static (long Pre, long Post, uint Id)? Find(SequentialCapture pre, SequentialCapture post, long near)
    {
        var behind = RecordProbe.Read(post, near, LookedAt);
        if (CleanCut(behind, pre.FirstId) is not (var postAt and >= 0))
            return null;

        var least = behind[postAt..].Min(record => record.Id - pre.FirstId);
        var before = RecordProbe.Read(pre, Search(pre, least), 2 * LookedAt);
        var preAt = before.FindIndex(record => record.Id - pre.FirstId >= least);
        if (preAt <= 0 || before[preAt..].Any(record => record.Id - pre.FirstId < least) || before[preAt].Id - pre.FirstId >= FurthestJump)
            return null;
        return (before[preAt].Offset, behind[postAt].Offset, before[preAt].Id);
    }

    /// <summary>The place nearest to the middle where everything before is below everything after; -1 when there is none.</summary>
    private static int CleanCut(List<(uint Id, long Offset)> records, uint first)
    {
        var least = new uint[records.Count + 1];
        least[^1] = uint.MaxValue;
        for (var index = records.Count - 1; index >= 0; index--)
            least[index] = Math.Min(least[index + 1], records[index].Id - first);
        var (best, largest) = (-1, 0u);
        for (var index = 1; index < records.Count; index++)
        {
            largest = Math.Max(largest, records[index - 1].Id - first);
            if (largest < least[index] && (best < 0 || index <= records.Count / 2))
                best = index;
        }

        return best;
    }

    /// <summary>An offset not far before the record with that id, by bisection.</summary>
    private static long Search(SequentialCapture capture, uint id)
    {
        var (low, high) = ((long)FileHeader.Size, capture.Length);
        while (high - low > (long)LookedAt / 2 * capture.Template.Stride)
        {
            var middle = low + (high - low) / 2;
            if (RecordProbe.Read(capture, middle, 1) is [var record] && record.Id - capture.FirstId < id)
                low = middle;
            else
                high = middle;
        }

        return low;
    }
}
