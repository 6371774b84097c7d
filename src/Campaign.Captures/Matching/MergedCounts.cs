namespace Campaign.Captures.Matching;

/// <summary>Values of several sets of counts in ascending order, each once with the sum of its counts.</summary>
internal static class MergedCounts
{
    public static CompactCounts Of(IReadOnlyList<CompactCounts> parts)
    {
        var level = parts.Where(part => part.Total > 0).ToList();
        while (level.Count > 1)
        {
            var next = new List<CompactCounts>();
            for (var index = 0; index + 1 < level.Count; index += 2)
                next.Add(Merge(level[index], level[index + 1]));
            if (level.Count % 2 == 1)
                next.Add(level[^1]);
            level = next;
        }

        return level is [var only] ? only : CompactCounts.None;
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

        return writer.Complete();
    }
}
