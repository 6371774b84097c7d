using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Campaign.Captures.Matching;

/// <summary>All identities seen before the device, in that order, found again by their key. Keys are compared in full.</summary>
internal sealed class SentPackets(int keyLength)
{
    /// <summary>One length byte in front of each key.</summary>
    private readonly Paged<byte> _keys = new(keyLength + 1);
    private readonly Paged<SentPacket> _packets = new();
    private int[] _buckets = NewBuckets(1 << 16);

    public int Count => _packets.Count;

    /// <summary>Memory in use, with the table that may be twice as long as it needs to be.</summary>
    public long Bytes => (long)Count * (keyLength + 1 + Unsafe.SizeOf<SentPacket>()) + (long)_buckets.Length * sizeof(int);

    public ref SentPacket this[int index] => ref _packets[index];

    /// <summary>The identity's bytes.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys.Slice(index) is var slot ? slot.Slice(1, slot[0]) : default;

    /// <summary>The entry with that key, or -1.</summary>
    /// <param name="key">The identity's bytes.</param>
    /// <param name="guess">Where to look first: packets mostly arrive as they were sent, and a right guess costs no hashing.</param>
    public int Find(ReadOnlySpan<byte> key, int guess) =>
        guess < Count && Key(guess).SequenceEqual(key) ? guess : Find(key, Hash(key));

    /// <summary>The entry with that key; a new one, sent at <paramref name="sent"/>, when there was none.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, long sent, out bool added)
    {
        var hash = Hash(key);
        var index = Find(key, hash);
        added = index < 0;
        if (!added)
            return index;

        if (Count == _buckets.Length)
            Rehash();
        _keys.Add();
        index = _packets.Add();
        ref var bucket = ref _buckets[hash & (_buckets.Length - 1)];
        _packets[index] = new SentPacket { Sent = sent, Hash = hash, Next = bucket };
        bucket = index;
        var slot = _keys.Slice(index);
        slot[0] = (byte)key.Length;
        key.CopyTo(slot[1..]);
        return index;
    }

    /// <summary>Begins anew in the same memory.</summary>
    public void Clear()
    {
        _keys.Clear();
        _packets.Clear();
        _buckets.AsSpan().Fill(-1);
    }

    private int Find(ReadOnlySpan<byte> key, uint hash)
    {
        for (var index = _buckets[hash & (_buckets.Length - 1)]; index >= 0; index = _packets[index].Next)
        {
            if (_packets[index].Hash == hash && Key(index).SequenceEqual(key))
                return index;
        }

        return -1;
    }

    private void Rehash()
    {
        _buckets = NewBuckets(_buckets.Length * 2);
        for (var index = 0; index < Count; index++)
        {
            ref var packet = ref _packets[index];
            ref var bucket = ref _buckets[packet.Hash & (_buckets.Length - 1)];
            packet.Next = bucket;
            bucket = index;
        }
    }

    private static int[] NewBuckets(int length)
    {
        var buckets = new int[length];
        buckets.AsSpan().Fill(-1);
        return buckets;
    }

    /// <summary>All bits depend on all of the key.</summary>
    public static uint Hash(ReadOnlySpan<byte> key)
    {
        const ulong mixer = 0x9E3779B97F4A7C15;
        var hash = (ulong)key.Length;
        for (; key.Length >= 8; key = key[8..])
            hash = BitOperations.RotateLeft((hash ^ BinaryPrimitives.ReadUInt64LittleEndian(key)) * mixer, 29);
        foreach (var single in key)
            hash = (hash ^ single) * mixer;
        hash ^= hash >> 32;
        return (uint)((hash * mixer) >> 32);
    }
}
