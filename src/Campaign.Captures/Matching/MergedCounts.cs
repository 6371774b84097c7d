namespace Campaign.Captures.Matching;

/// <summary>Values of several sets of counts in ascending order, each once with the sum of its counts.</summary>
internal readonly struct MergedCounts(IReadOnlyList<CompactCounts> parts)
{
    public IEnumerator<(long Value, long Count)> GetEnumerator()
    {
        var heads = new PriorityQueue<int, long>(parts.Count);
        var walks = parts.Select(part => part.GetEnumerator()).ToArray();
        for (var index = 0; index < walks.Length; index++)
        {
            if (walks[index].MoveNext())
                heads.Enqueue(index, walks[index].Current.Value);
        }

        while (heads.TryPeek(out _, out var value))
        {
            var count = 0L;
            while (heads.TryPeek(out var index, out var next) && next == value)
            {
                count += walks[index].Current.Count;
                if (walks[index].MoveNext())
                    heads.DequeueEnqueue(index, walks[index].Current.Value);
                else
                    heads.Dequeue();
            }

            yield return (value, count);
        }
    }
}
