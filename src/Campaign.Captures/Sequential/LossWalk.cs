using Campaign.Captures.Matching;

namespace Campaign.Captures.Sequential;

/// <summary>
/// Walks over the ids that did not simply arrive, in the order they were sent: runs of lost ones, and which two arrived first and last. Missing and
/// repeated ids neither lengthen nor end a run.
/// </summary>
internal sealed class LossWalk(SegmentMatcher[] segments, PairTally tally)
{
    private const int LookedAt = 1 << 12;

    private const int Further = 32;

    private readonly List<uint> _first = [];
    private readonly Queue<uint> _last = [];
    private long _missing;

    public void Run()
    {
        foreach (var segment in segments)
            Walk(segment);
        NoteEnds();
    }

    private void Walk(SegmentMatcher segment)
    {
        var arrived = 0L;
        using var special = Special(segment).GetEnumerator();
        while (special.MoveNext())
        {
            var (id, isLost) = special.Current;
            Pass(segment, arrived, id);
            arrived = id + 1;
            if (!isLost)
                continue;

            tally.Lost++;
            tally.Loss.Extend(0);
        }

        Pass(segment, arrived, segment.Ids);
        _missing += segment.Missing.Count;
    }

    /// <summary>Ids from one to another all arrived.</summary>
    private void Pass(SegmentMatcher segment, long from, long to)
    {
        if (from >= to)
            return;

        tally.Loss.End();
        for (var id = from; id < to && _first.Count < 2; id++)
            _first.Add(segment.Base + (uint)id);
        for (var id = Math.Max(from, to - 2); id < to; id++)
            _last.Enqueue(segment.Base + (uint)id);
        while (_last.Count > 2)
            _last.Dequeue();
    }

    /// <summary>Lost, missing and repeated ids, ascending; no id is two of them.</summary>
    private static IEnumerable<(long Id, bool IsLost)> Special(SegmentMatcher segment)
    {
        var (lost, missing) = (segment.Lost.GetEnumerator(), segment.Missing.GetEnumerator());
        var (hasLost, hasMissing) = (lost.MoveNext(), missing.MoveNext());
        using var repeated = segment.RepeatedIds.GetEnumerator();
        var hasRepeated = repeated.MoveNext();
        while (hasLost || hasMissing || hasRepeated)
        {
            var (l, m, r) = (hasLost ? lost.Current : long.MaxValue, hasMissing ? missing.Current : long.MaxValue, hasRepeated ? repeated.Current : long.MaxValue);
            if (l < m && l < r)
            {
                yield return (l, true);
                hasLost = lost.MoveNext();
            }
            else if (m < r)
            {
                yield return (m, false);
                hasMissing = missing.MoveNext();
            }
            else
            {
                yield return (r, false);
                hasRepeated = repeated.MoveNext();
            }
        }
    }

    /// <summary>Their times are no longer in memory; they are looked for at the ends of the files.</summary>
    private void NoteEnds()
    {
        var wanted = _first.Concat(_last).Distinct().ToHashSet();
        var sent = Find(wanted, segment => segment.Pre);
        var arrived = Find(wanted, segment => segment.Post);
        foreach (var id in _first.Concat(_last.Where(id => !_first.Contains(id))))
        {
            if (!sent.TryGetValue(id, out var since) || !arrived.TryGetValue(id, out var until))
                throw new NotSequentialException();
            var isFirst = _first.Contains(id);
            tally.Ends.Add(new(id - segments[0].Base - (isFirst ? 0 : _missing), since, until));
        }
    }

    private Dictionary<uint, long> Find(HashSet<uint> wanted, Func<SegmentMatcher, Side> side)
    {
        var found = new Dictionary<uint, long>();
        Look(side(segments[0]).FromStart(), LookedAt, wanted, found);
        var last = side(segments[^1]);

        // Mostly near the end; one capture may go on for long after the other.
        for (long records = LookedAt; found.Count < wanted.Count; records *= Further)
        {
            Look(last.NearEnd(records), records, wanted, found);
            if (records > last.Packets)
                break;
        }

        return found;
    }

    private static void Look(Side side, long records, HashSet<uint> wanted, Dictionary<uint, long> found)
    {
        for (var read = 0L; read <= records && side.TryTake(out var packet); read++)
        {
            if (MoonsniffIdentity.TryRead(packet, out var id) && wanted.Contains(id))
                found.TryAdd(id, packet.Timestamp);
        }
    }
}
