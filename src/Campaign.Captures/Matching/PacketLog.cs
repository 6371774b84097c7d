using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>The packets before the device: when each was sent, and what became of it.</summary>
internal sealed class PacketLog<TKey>
    where TKey : struct, IPacketKey<TKey>
{
    private readonly Dictionary<TKey, int> _index = [];
    private readonly List<long> _sent = [];
    private readonly List<Fate> _fates = [];

    /// <summary>Timestamps of the packets with an identity, in the order of the capture.</summary>
    public List<long> Sent => _sent;

    public List<Fate> Fates => _fates;

    public long Duplicates { get; private set; }

    public void Add(TKey key, long timestamp)
    {
        if (!_index.TryAdd(key, _sent.Count))
        {
            var first = _index[key];
            Duplicates += _fates[first] == Fate.Duplicate ? 1 : 2;
            _fates[first] = Fate.Duplicate;
            _fates.Add(Fate.Duplicate);
        }
        else
        {
            _fates.Add(Fate.Lost);
        }

        _sent.Add(timestamp);
    }

    /// <returns>The place of the packet, or -1.</returns>
    public int Find(TKey key) => _index.TryGetValue(key, out var index) ? index : -1;

    /// <summary>The identities of some packets.</summary>
    public Dictionary<int, string> Names(ImmutableHashSet<int> places) =>
        _index.Where(e => places.Contains(e.Value)).ToDictionary(e => e.Value, e => e.Key.ToHex());
}

/// <summary>What became of a packet.</summary>
internal enum Fate : byte
{
    /// <summary>Not seen behind the device, so far.</summary>
    Lost,

    Matched,

    /// <summary>Its identity was sent more than once, so that it cannot be matched.</summary>
    Duplicate,

    /// <summary>Seen behind, but not later than before, or too late.</summary>
    OutsideWindow,
}
