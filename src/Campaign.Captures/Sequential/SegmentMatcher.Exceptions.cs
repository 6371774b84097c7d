using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Sequential;

/// <remarks>The few records that the loops leave: limits of seconds and batches, loss, repeated and late ids, other traffic.</remarks>
internal sealed partial class SegmentMatcher
{
    private void ReadPre(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_head >= FurthestJump - 4 * Batch)
            throw new NotSequentialException();

        var target = _head + Batch;
        EvictFor(target);
        while (_head < target && !_preEnded)
        {
            SkimPre(target);
            if (_head < target && !(_pre.IsShort && _pre.Window.Refill()))
                TakePre();
        }

        if (Lost.Size + Missing.Size > LargestIdList || RepeatedIds.Count + OutsideIds.Count > LargestList)
            throw new NotSequentialException();
    }

    private void TakePre()
    {
        var secondEnd = _pre.SecondEnd;
        if (!_pre.TryTake(out var packet))
        {
            _preEnded = true;
            return;
        }

        if (_pre.SecondEnd != secondEnd)
            _seconds.Enqueue((_head, (int)_pre.PerSecond.SecondOf(packet.Timestamp)));
        if (!TryIdentify(packet, out var id))
        {
            _pre.Foreign++;
            return;
        }

        if (id >= _bounds.Ids)
            throw new NotSequentialException();
        if (id < _head)
            Repeat(id);
        else
            Place(id, packet.Timestamp);
    }

    private bool TryIdentify(in Packet packet, out uint id)
    {
        var found = MoonsniffIdentity.TryRead(packet, out id);
        id -= _base;
        return found;
    }

    private void Place(uint id, long sent)
    {
        if (id - _head > RingSize / 4)
            throw new NotSequentialException();

        EvictFor(id + 1);
        for (; _head < id; _head++)
        {
            _ring[_head & RingMask] = Absent;
            Missing.Add(_head);
        }

        _ring[id & RingMask] = sent;
        _head = id + 1;
        LastSent = sent;
    }

    private void Repeat(uint id)
    {
        if (id < _evicted || _ring[id & RingMask] is Done or Absent or Outside)
            throw new NotSequentialException();

        ref var entry = ref _ring[id & RingMask];
        DuplicatesPre += entry == Repeated ? 1 : 2;
        entry = Repeated;
        RepeatedIds.Add(id);
    }

    /// <summary>Makes room in the ring for ids below <paramref name="target"/>.</summary>
    private void EvictFor(uint target)
    {
        if (target > RingSize)
            Evict(target - RingSize);
    }

    /// <summary>What is still open below <paramref name="end"/> is lost, or late beyond the ring.</summary>
    private void Evict(uint end)
    {
        while (_evicted < end)
        {
            var from = (int)(_evicted & RingMask);
            var span = _ring.AsSpan(from, (int)Math.Min(end - _evicted, RingSize - from));
            var open = span.IndexOfAnyExceptInRange(Outside, Done);
            if (open < 0)
            {
                _evicted += (uint)span.Length;
                continue;
            }

            _evicted += (uint)open;
            Lost.Add(_evicted++);
            LostPerSecond.Add(span[open]);
        }
    }

    /// <summary>Takes the next record behind, whatever it is.</summary>
    /// <returns>False at the end.</returns>
    private bool TakePost(CancellationToken cancellationToken)
    {
        if (!_post.TryTake(out var packet))
            return false;

        EnterPhase(packet.Timestamp);
        if (!TryIdentify(packet, out var id))
        {
            _post.Foreign++;
            return true;
        }

        if (id < FurthestJump)
            ReadPreAhead(id, cancellationToken);
        if (id >= _head)
        {
            if (!_bounds.IsWhole)
                throw new NotSequentialException();
            Unmatched(packet.Timestamp);
            return true;
        }

        RollSeconds(id);
        Arrive(id, packet.Timestamp);
        return true;
    }

    private void ReadPreAhead(uint id, CancellationToken cancellationToken)
    {
        while (!_preEnded && _head <= id + Ahead)
            ReadPre(cancellationToken);
        SetLimit();
    }

    private void SetLimit()
    {
        _limit = _preEnded ? _head : _head - Math.Min(_head, Ahead);
        if (_seconds.TryPeek(out var next))
            _limit = Math.Min(_limit, next.From);
    }

    private void Unmatched(long arrived)
    {
        UnmatchedPost++;
        UnmatchedRun.Extend(arrived);
    }

    private void Arrive(uint id, long arrived)
    {
        if (id < _evicted)
        {
            UnmatchedRun.End();
            _late.Add((id, arrived));
            if (_late.Count > LargestList)
                throw new NotSequentialException();
            return;
        }

        ref var entry = ref _ring[id & RingMask];
        if (entry == Absent)
        {
            Unmatched(arrived);
            return;
        }

        UnmatchedRun.End();
        if (entry == Repeated)
            AmbiguousPost++;
        else if (entry == Done)
            DuplicatesPost++;
        else
            entry = Settle(id, entry == Outside ? OutsideIds[id].Sent : entry, arrived);
    }

    /// <summary>Settles an id that has not matched yet; the first arrival within the window counts.</summary>
    /// <returns>What the ring says of it from now on.</returns>
    private long Settle(uint id, long sent, long arrived)
    {
        if (OutsideIds.ContainsKey(id))
            DuplicatesPost++;
        if (arrived > sent && arrived < sent + _window)
        {
            OutsideIds.Remove(id);
            Match(id, sent, arrived);
            return Done;
        }

        OutsideIds.TryAdd(id, (sent, arrived));
        return Outside;
    }

    private void Match(uint id, long sent, long arrived)
    {
        Matched++;
        LongestLatency = Math.Max(LongestLatency, arrived - sent);
        if (id < _next)
            Reordered++;
        else
            _next = id + 1;
        if (arrived < _clock.KeepFrom)
            return;
        if (!_clock.IsKnown)
            _clock.Start(arrived);
        Count(id, sent, arrived);
    }

    private void Count(uint id, long sent, long arrived)
    {
        var tally = arrived > _clock.KeepAfter ? Kept : Early;
        tally.Worst.Offer(arrived - sent, sent, id + (long)_base);
        var second = (int)_pre.PerSecond.SecondOf(sent);
        if (second == _second)
            _current.Add(arrived - sent);
        else if (second == _previousSecond)
            _previous.Add(arrived - sent);
        else
            AddAlone(tally, second, arrived - sent);
    }

    private static void AddAlone(PhaseTally tally, int second, long latency)
    {
        var writer = new CompactCounts.Writer();
        writer.Add(latency, 1);
        tally.Add(second, writer.Complete());
    }

    private void RollSeconds(uint id)
    {
        while (_seconds.TryPeek(out var next) && id >= next.From)
        {
            _seconds.Dequeue();
            Close(_previous, _previousSecond);
            (_previous, _current) = (_current, _previous);
            (_previousSecond, _second, _secondFrom) = (_second, next.Second, next.From);
            SetLimit();
        }
    }

    private void EnterPhase(long arrived)
    {
        var phase = arrived < _clock.KeepFrom ? Phase.Trimmed : _clock.IsKnown && arrived > _clock.KeepAfter ? Phase.Kept : Phase.Early;
        if (phase == _phase)
            return;

        Close(_previous, _previousSecond);
        Close(_current, _second);
        _phase = phase;
    }

    private void Close(LatencyCounter counter, int second)
    {
        if (_phase != Phase.Trimmed)
            (_phase == Phase.Kept ? Kept : Early).Add(second, counter.Take());
    }

    private long PhaseEnd() => _phase switch
    {
        Phase.Trimmed => _clock.KeepFrom,
        Phase.Early when _clock.IsKnown => _clock.KeepAfter + 1,
        _ => long.MaxValue,
    };

    /// <summary>Latencies up to this many nanoseconds need nothing but counting.</summary>
    private ulong Bound()
    {
        if (_phase == Phase.Trimmed || !_clock.IsKnown)
            return 0;

        var threshold = (_phase == Phase.Kept ? Kept : Early).Worst.Threshold;
        return (ulong)Math.Max(0, Math.Min(Math.Min(threshold, LatencyCounter.Direct - 1), _window - 1));
    }
}
