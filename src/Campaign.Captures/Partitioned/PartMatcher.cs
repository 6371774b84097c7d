using Campaign.Captures.Matching;

namespace Campaign.Captures.Partitioned;

/// <summary>Matches one part of the keys after another, in the same memory.</summary>
/// <param name="identity">The rule of the keys.</param>
/// <param name="window">Nanoseconds.</param>
/// <param name="keepFrom">Nanoseconds; matches that arrive earlier are trimmed.</param>
internal sealed class PartMatcher(IdentityRule identity, long window, long keepFrom)
{
    private readonly SentPackets _sent = new(identity.KeyLength);

    /// <summary>Of all parts so far.</summary>
    public MatchCounts Counts { get; } = new();

    /// <summary>The earliest arrival of a match that is not trimmed, in all parts so far; <see cref="long.MaxValue"/> when there is none.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    /// <summary>Matches a part.</summary>
    /// <param name="pre">Its packets before the device.</param>
    /// <param name="post">Its packets behind it.</param>
    /// <param name="fates">What became of each identity sent goes there.</param>
    /// <param name="arrivals">What each arrival was goes there.</param>
    public void Match(RecordFile pre, RecordFile post, RecordFile fates, RecordFile arrivals)
    {
        Send(pre);
        Arrive(post, arrivals);
        WriteFates(fates);
    }

    private void Send(RecordFile file)
    {
        _sent.Clear(file.Count);
        file.Rewind();
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var sighting = new KeyedSighting(record);
            ref var packet = ref _sent[_sent.FindOrAdd(sighting.Key, out var added)];
            if (added)
            {
                (packet.Place, packet.Sent) = (sighting.Place, sighting.Time);
                continue;
            }

            Counts.DuplicatesPre += packet.Fate == Fate.Repeated ? 1 : 2;
            packet.Fate = Fate.Repeated;
        }
    }

    private void Arrive(RecordFile file, RecordFile arrivals)
    {
        var settle = new Arrivals(Counts, window);
        file.Rewind();
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var sighting = new KeyedSighting(record);
            var index = _sent.Find(sighting.Key);
            if (index < 0)
                new PlacedEvent(sighting.Place, PlacedEvent.Unmatched, sighting.Time).Write(arrivals);
            else if (settle.Settle(ref _sent[index], sighting.Time))
                new PlacedEvent(sighting.Place, PlacedEvent.Match, _sent[index].Place).Write(arrivals);
            else
                new PlacedEvent(sighting.Place, PlacedEvent.Other, 0).Write(arrivals);
        }
    }

    private void WriteFates(RecordFile fates)
    {
        for (var index = 0; index < _sent.Count; index++)
        {
            ref var packet = ref _sent[index];
            new PlacedEvent(packet.Place, (int)packet.Fate + 1, packet.Sent, packet.Arrived, identity.FlowOf(_sent.Key(index))).Write(fates);
            if (packet.Fate == Fate.Matched && packet.Arrived >= keepFrom)
                Earliest = Math.Min(Earliest, packet.Arrived);
        }
    }
}
