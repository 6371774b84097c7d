namespace Campaign.Captures.Matching;

/// <summary>How often each fate was met while packets were matched.</summary>
internal sealed class MatchCounts
{
    public long Matched { get; set; }

    public long OutsideWindow { get; set; }

    public long DuplicatesPre { get; set; }

    public long DuplicatesPost { get; set; }

    public long AmbiguousPost { get; set; }

    /// <summary>Takes over what was counted of other packets.</summary>
    public void Add(MatchCounts other)
    {
        Matched += other.Matched;
        OutsideWindow += other.OutsideWindow;
        DuplicatesPre += other.DuplicatesPre;
        DuplicatesPost += other.DuplicatesPost;
        AmbiguousPost += other.AmbiguousPost;
    }
}
