using Campaign.Captures.Matching;

namespace Campaign.Captures.Spilling;

/// <summary>
/// Matches pairs that do not fit into memory: packets go to disk by the hash of their key, each part is matched by itself, and what was found is merged
/// back into the order of the captures.
/// </summary>
internal sealed class SpilledPair : IDisposable
{
    private readonly PairTally _tally;
    private readonly SentPackets _sent;
    private readonly Paged<long> _places = new();
    private readonly IdentityRule _identity;
    private readonly long _window;
    private readonly string _folder;
    private readonly Partitions _pre;
    private readonly Partitions _post;
    private long _preCount;
    private long _postCount;

    /// <param name="tally">What is counted goes there.</param>
    /// <param name="sent">Memory for one part after another; what is in it is gone.</param>
    /// <param name="identity">The rule of the keys.</param>
    /// <param name="window">Nanoseconds.</param>
    /// <param name="folder">Where temporary files go; null for the system's choice.</param>
    public SpilledPair(PairTally tally, SentPackets sent, IdentityRule identity, long window, string? folder)
    {
        _sent = sent;
        _tally = tally;
        _identity = identity;
        _window = window;
        _folder = folder ?? Path.GetTempPath();
        _pre = new Partitions(_folder, SpilledSighting.SizeFor(identity.KeyLength));
        _post = new Partitions(_folder, SpilledSighting.SizeFor(identity.KeyLength));
    }

    public void AddPre(long time, ReadOnlySpan<byte> key) =>
        SpilledSighting.Write(_pre[Partitions.Of(SentPackets.Hash(key))], _preCount++, time, key);

    public void AddPost(long time, ReadOnlySpan<byte> key) =>
        SpilledSighting.Write(_post[Partitions.Of(SentPackets.Hash(key))], _postCount++, time, key);

    /// <summary>Matches everything and takes it into the tally.</summary>
    /// <param name="keepFrom">Nanoseconds; as for <see cref="FateLedger"/>.</param>
    /// <param name="pause">Nanoseconds from the earliest match that the filtered evaluation leaves out.</param>
    /// <param name="cancellationToken">Looked at for each part.</param>
    public void Close(long keepFrom, long pause, CancellationToken cancellationToken)
    {
        using var fates = new Partitions(_folder, PlacedEvent.Size);
        using var arrivals = new Partitions(_folder, PlacedEvent.Size);
        var earliest = long.MaxValue - pause;
        for (var part = 0; part < Partitions.Count; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            earliest = Math.Min(earliest, Match(part, fates[part], arrivals[part], keepFrom));
        }

        var ledger = new FateLedger(_tally, keepFrom, earliest + pause);
        foreach (var one in PlacedEvent.InOrder(fates, _preCount))
        {
            ledger.Take(one.Place, new SentPacket { Sent = one.First, Arrived = one.Second, Fate = (Fate)(one.Kind - 1) }, one.Flow);
            _tally.LastSent = one.First;
        }

        ledger.Close();
        TakeOrder(arrivals);
    }

    /// <summary>Keys of the packets at these places before the device.</summary>
    public Dictionary<long, string> Keys(IEnumerable<long> places)
    {
        var wanted = places.ToHashSet();
        var names = new Dictionary<long, string>(wanted.Count);
        for (var part = 0; part < Partitions.Count; part++)
        {
            _pre[part].Rewind();
            for (ReadOnlySpan<byte> record; !(record = _pre[part].Peek()).IsEmpty; _pre[part].Skip())
            {
                var sighting = new SpilledSighting(record);
                if (wanted.Contains(sighting.Place))
                    names[sighting.Place] = Convert.ToHexStringLower(sighting.Key);
            }
        }

        return names;
    }

    public void Dispose()
    {
        _pre.Dispose();
        _post.Dispose();
    }

    /// <returns>The earliest arrival of a match that is not trimmed.</returns>
    private long Match(int part, SpillFile fates, SpillFile arrivals, long keepFrom)
    {
        Send(_pre[part]);
        Arrive(_post[part], arrivals);
        return WriteFates(fates, keepFrom);
    }

    private void Send(SpillFile file)
    {
        _sent.Clear(file.Count);
        _places.Clear();
        file.Rewind();
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var sighting = new SpilledSighting(record);
            ref var packet = ref _sent[_sent.FindOrAdd(sighting.Key, sighting.Time, out var added)];
            if (added)
            {
                _places[_places.Add()] = sighting.Place;
                continue;
            }

            _tally.DuplicatesPre += packet.Fate == Fate.Repeated ? 1 : 2;
            packet.Fate = Fate.Repeated;
        }
    }

    private void Arrive(SpillFile file, SpillFile arrivals)
    {
        var settle = new Arrivals(_tally, _window);
        file.Rewind();
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var sighting = new SpilledSighting(record);
            var index = _sent.Find(sighting.Key);
            if (index < 0)
                new PlacedEvent(sighting.Place, sighting.Time, 0, PlacedEvent.Unmatched).Write(arrivals);
            else if (settle.Settle(ref _sent[index], sighting.Time))
                new PlacedEvent(sighting.Place, _places[index], 0, PlacedEvent.Match).Write(arrivals);
            else
                new PlacedEvent(sighting.Place, 0, 0, PlacedEvent.Other).Write(arrivals);
        }
    }

    private long WriteFates(SpillFile fates, long keepFrom)
    {
        var earliest = long.MaxValue;
        for (var index = 0; index < _sent.Count; index++)
        {
            ref var packet = ref _sent[index];
            new PlacedEvent(_places[index], packet.Sent, packet.Arrived, (byte)(packet.Fate + 1), _identity.FlowOf(_sent.Key(index))).Write(fates);
            if (packet.Fate == Fate.Matched && packet.Arrived >= keepFrom)
                earliest = Math.Min(earliest, packet.Arrived);
        }

        return earliest;
    }

    private void TakeOrder(Partitions arrivals)
    {
        var order = new ArrivalOrder(_tally);
        foreach (var one in PlacedEvent.InOrder(arrivals, _postCount))
        {
            if (one.Kind == PlacedEvent.Match)
                order.Match(one.First);
            else if (one.Kind == PlacedEvent.Unmatched)
                order.Unmatched(one.First);
            else
                order.Other();
        }
    }
}
