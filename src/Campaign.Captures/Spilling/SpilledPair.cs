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
        _folder = Directory.CreateDirectory(Path.Combine(folder ?? Path.GetTempPath(), $"campaign-spill-{Guid.NewGuid():n}")).FullName;
        _pre = new Partitions(_folder, "pre");
        _post = new Partitions(_folder, "post");
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
        using var fates = new Partitions(_folder, "fates");
        using var arrivals = new Partitions(_folder, "arrivals");
        var earliest = long.MaxValue - pause;
        for (var part = 0; part < Partitions.Count; part++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            earliest = Math.Min(earliest, Match(part, fates[part], arrivals[part], keepFrom));
        }

        var ledger = new FateLedger(_tally, keepFrom, earliest + pause);
        foreach (var one in PlacedEvent.InOrder(fates))
        {
            ledger.Take(one.Place, new SentPacket { Sent = one.First, Arrived = one.Second, Fate = (Fate)one.Kind }, one.Flow);
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
        Span<byte> key = stackalloc byte[_identity.KeyLength];
        for (var part = 0; part < Partitions.Count; part++)
        {
            _pre[part].Position = 0;
            while (SpilledSighting.TryRead(_pre[part], key, out var sighting))
            {
                if (wanted.Contains(sighting.Place))
                    names[sighting.Place] = Convert.ToHexStringLower(key[..sighting.KeyLength]);
            }
        }

        return names;
    }

    public void Dispose()
    {
        _pre.Dispose();
        _post.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    /// <returns>The earliest arrival of a match that is not trimmed.</returns>
    private long Match(int part, FileStream fates, FileStream arrivals, long keepFrom)
    {
        var (sent, places) = (_sent, _places);
        sent.Clear();
        places.Clear();
        Span<byte> key = stackalloc byte[_identity.KeyLength];
        _pre[part].Position = 0;
        while (SpilledSighting.TryRead(_pre[part], key, out var sighting))
        {
            ref var packet = ref sent[sent.FindOrAdd(key[..sighting.KeyLength], sighting.Time, out var added)];
            if (added)
                places[places.Add()] = sighting.Place;
            else
                _tally.DuplicatesPre += packet.Fate == Fate.Repeated ? 1 : 2;
            if (!added)
                packet.Fate = Fate.Repeated;
        }

        var settle = new Arrivals(_tally, _window);
        _post[part].Position = 0;
        while (SpilledSighting.TryRead(_post[part], key, out var sighting))
        {
            var index = sent.Find(key[..sighting.KeyLength], guess: int.MaxValue);
            if (index < 0)
                new PlacedEvent(sighting.Place, sighting.Time, 0, PlacedEvent.Unmatched).Write(arrivals);
            else if (settle.Settle(ref sent[index], sighting.Time))
                new PlacedEvent(sighting.Place, places[index], 0, PlacedEvent.Match).Write(arrivals);
            else
                new PlacedEvent(sighting.Place, 0, 0, PlacedEvent.Other).Write(arrivals);
        }

        return WriteFates(sent, places, fates, keepFrom);
    }

    private long WriteFates(SentPackets sent, Paged<long> places, FileStream fates, long keepFrom)
    {
        var earliest = long.MaxValue;
        for (var index = 0; index < sent.Count; index++)
        {
            ref var packet = ref sent[index];
            new PlacedEvent(places[index], packet.Sent, packet.Arrived, (byte)packet.Fate, _identity.FlowOf(sent.Key(index))).Write(fates);
            if (packet.Fate == Fate.Matched && packet.Arrived >= keepFrom)
                earliest = Math.Min(earliest, packet.Arrived);
        }

        return earliest;
    }

    private void TakeOrder(Partitions arrivals)
    {
        var order = new ArrivalOrder(_tally);
        foreach (var one in PlacedEvent.InOrder(arrivals))
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
