using System.Collections.Concurrent;

namespace Campaign.Captures.Partitioned;

/// <summary>All packets of one side, by the hashes of their keys.</summary>
/// <param name="pool">Memory for them.</param>
/// <param name="folder">Where the rest goes.</param>
/// <param name="keyLength">Of the longest key.</param>
internal sealed class Sightings(PagePool pool, string folder, int keyLength) : IDisposable
{
    private readonly Partitions _parts = new(pool, folder, KeyedSighting.SizeFor(keyLength));

    /// <summary>How many packets there are.</summary>
    public long Count { get; private set; }

    /// <summary>The packets of a part, as <see cref="KeyedSighting"/>s.</summary>
    public RecordFile this[int part] => _parts[part];

    /// <summary>Takes the next packet.</summary>
    public void Add(long time, ReadOnlySpan<byte> key) =>
        KeyedSighting.Write(_parts[Partitions.Of(SentPackets.Hash(key))], Count++, time, key);

    /// <summary>Keys in hexadecimal digits of the packets at these places.</summary>
    public IReadOnlyDictionary<long, string> Keys(IReadOnlySet<long> places, int threads, CancellationToken cancellationToken)
    {
        var keys = new ConcurrentDictionary<long, string>();
        Action<CancellationToken> Look(int part) => _ =>
        {
            var file = _parts[part];
            file.Rewind();
            for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
            {
                var sighting = new KeyedSighting(record);
                if (places.Contains(sighting.Place))
                    keys[sighting.Place] = Convert.ToHexStringLower(sighting.Key);
            }
        };

        AtOnce.Run(threads, [.. Enumerable.Range(0, Partitions.Count).Select(Look)], cancellationToken);
        return keys;
    }

    public void Dispose() => _parts.Dispose();
}
