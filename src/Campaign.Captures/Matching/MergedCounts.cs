namespace Campaign.Captures.Matching;

/// <summary>Values of several sets of counts in ascending order, each once with the sum of its counts.</summary>
/// <remarks>Sets of about the same size are merged, two by two, as soon as there are two of them: few are held at a time, in borrowed arrays.</remarks>
internal static class MergedCounts
{
    public static CompactCounts Of(IReadOnlyList<CompactCounts> parts)
    {
        var waiting = new Stack<(int Merges, CompactCounts Counts)>();
        foreach (var part in parts.Where(part => part.Total > 0))
        {
            var (merges, counts) = (0, part);
            for (; waiting.TryPeek(out var top) && top.Merges == merges; merges++)
                counts = Merge(waiting.Pop().Counts, counts);
            waiting.Push((merges, counts));
        }

        while (waiting.Count > 1)
            waiting.Push((0, Merge(waiting.Pop().Counts, waiting.Pop().Counts)));
        return waiting.TryPop(out var all) ? all.Counts.Kept() : CompactCounts.None;
    }

    private static CompactCounts Merge(CompactCounts one, CompactCounts other)
    {
        var writer = new CompactCounts.Writer(one.Size + other.Size);
        var (left, right) = (one.GetEnumerator(), other.GetEnumerator());
        var (hasLeft, hasRight) = (left.MoveNext(), right.MoveNext());
        while (hasLeft || hasRight)
        {
            var leftValue = hasLeft ? left.Value : long.MaxValue;
            var rightValue = hasRight ? right.Value : long.MaxValue;
            var count = (leftValue <= rightValue ? left.Count : 0) + (rightValue <= leftValue ? right.Count : 0);
            writer.Add(Math.Min(leftValue, rightValue), count);
            if (leftValue <= rightValue)
                hasLeft = left.MoveNext();
            if (rightValue <= leftValue)
                hasRight = right.MoveNext();
        }

        one.GiveBack();
        other.GiveBack();
        return writer.Lend();
    }
}
