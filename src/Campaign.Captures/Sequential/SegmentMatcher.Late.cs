namespace Campaign.Captures.Sequential;

/// <remarks>
/// Arrivals whose id had left the ring. They are few: the capture before is read once more to learn when theirs were sent. Everything that arrived
/// meanwhile was sent later, so each that matches is reordered.
/// </remarks>
internal sealed partial class SegmentMatcher
{
    private void ResolveLate(CancellationToken cancellationToken)
    {
        if (_late.Count == 0)
            return;

        var late = _late.Select(one => one.Id).ToHashSet();
        var open = Listed(Lost, late);
        if (Listed(Missing, late).Count > 0)
            throw new NotSequentialException();

        var sent = open.Count == 0 ? [] : FindSent(open, cancellationToken);
        foreach (var (id, arrived) in _late)
        {
            if (RepeatedIds.Contains(id))
                AmbiguousPost++;
            else if (OutsideIds.TryGetValue(id, out var outside))
                Settle(id, outside.Sent, arrived);
            else if (!open.Remove(id))
                DuplicatesPost++;
            else
                SettleLost(id, sent[id], arrived);
        }

        KeepOnly(open, late);
    }

    private void SettleLost(uint id, long sent, long arrived)
    {
        // The filter counts from the earliest match, which must not turn up only now.
        if (!_clock.IsKnown)
            throw new NotSequentialException();
        LostPerSecond.Add(LostPerSecond.SecondOf(sent), -1);
        Settle(id, sent, arrived);
    }

    private static HashSet<uint> Listed(IdList list, HashSet<uint> wanted)
    {
        var found = new HashSet<uint>();
        foreach (var id in list)
        {
            if (wanted.Contains((uint)id))
                found.Add((uint)id);
        }

        return found;
    }

    private void KeepOnly(HashSet<uint> stillOpen, HashSet<uint> late)
    {
        var kept = new IdList();
        foreach (var id in Lost)
        {
            if (!late.Contains((uint)id) || stillOpen.Contains((uint)id))
                kept.Add(id);
        }

        Lost = kept;
    }

    private Dictionary<uint, long> FindSent(HashSet<uint> wanted, CancellationToken cancellationToken)
    {
        var sent = new Dictionary<uint, long>(wanted.Count);
        var side = _pre.FromStart();
        for (var read = 0; sent.Count < wanted.Count && side.TryTake(out var packet); read++)
        {
            if (read % Batch == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (TryIdentify(packet, out var id) && wanted.Contains(id))
                sent.TryAdd(id, packet.Timestamp);
        }

        return sent;
    }
}
