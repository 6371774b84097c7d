using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Campaign.Captures.Matching;

/// <summary>All identities seen before the device, in that order, found again by their key. Keys are compared in full.</summary>
internal sealed class SentPackets(int keyLength)
{
    private const int FewestSlots = 1 << 16;

    /// <summary>One length byte in front of each key.</summary>
    private readonly Paged<byte> _keys = new(keyLength + 1);
    private readonly Paged<SentPacket> _packets = new();

    /// <summary>
    /// A table with open addressing: the hash in the upper half, the index and 1 in the lower, 0 where it is empty. A look at one slot mostly tells
    /// whether there is such a key, so that one look at memory that is in no cache does.
    /// </summary>
    private ulong[] _slots = new ulong[FewestSlots];

    public int Count => _packets.Count;

    /// <summary>Memory in use.</summary>
    public long Bytes => (long)Count * (keyLength + 1 + Unsafe.SizeOf<SentPacket>()) + (long)_slots.Length * sizeof(ulong);

    public ref SentPacket this[int index] => ref _packets[index];

    /// <summary>The identity's bytes.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys.Slice(index) is var slot ? slot.Slice(1, slot[0]) : default;

    /// <summary>The entry with that key, or -1.</summary>
    /// <param name="key">The identity's bytes.</param>
    /// <param name="guess">Where to look first: packets mostly arrive as they were sent, and a right guess costs no hashing.</param>
    public int Find(ReadOnlySpan<byte> key, int guess) =>
        guess < Count && Key(guess).SequenceEqual(key) ? guess : Find(key);

    /// <summary>The entry with that key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => IndexIn(Slot(key, Hash(key)));

    /// <summary>The entry with that key; a new one, sent at <paramref name="sent"/>, when there was none.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, long sent, out bool added)
    {
        var hash = Hash(key);
        var slot = Slot(key, hash);
        added = _slots[slot] == 0;
        if (!added)
            return IndexIn(slot);

        _keys.Add();
        var index = _packets.Add();
        _packets[index] = new SentPacket { Sent = sent };
        var kept = _keys.Slice(index);
        kept[0] = (byte)key.Length;
        key.CopyTo(kept[1..]);
        _slots[slot] = (ulong)hash << 32 | (uint)(index + 1);
        if (SlotsFor(Count + 1) > _slots.Length)
            Grow();
        return index;
    }

    /// <summary>Begins anew in the same memory, with a table that is no larger than it needs to be.</summary>
    /// <param name="expected">How many packets come.</param>
    public void Clear(long expected)
    {
        _keys.Clear();
        _packets.Clear();
        if (SlotsFor(expected) is var wanted && wanted != _slots.Length)
            _slots = new ulong[wanted];
        else
            Array.Clear(_slots);
    }

    /// <summary>At most three of four slots are taken.</summary>
    private static int SlotsFor(long packets) => (int)Math.Max(FewestSlots, BitOperations.RoundUpToPowerOf2((ulong)packets * 4 / 3));

    /// <summary>The slot that holds the key, or the empty one where it belongs.</summary>
    private int Slot(ReadOnlySpan<byte> key, uint hash)
    {
        var slots = _slots;
        var mask = slots.Length - 1;
        for (var at = (int)hash & mask; ; at = (at + 1) & mask)
        {
            var slot = slots[at];
            if (slot == 0 || (slot >> 32 == hash && Key(IndexIn(at)).SequenceEqual(key)))
                return at;
        }
    }

    /// <returns>-1 for an empty slot.</returns>
    private int IndexIn(int slot) => (int)(uint)_slots[slot] - 1;

    private void Grow()
    {
        var grown = new ulong[_slots.Length * 2];
        var mask = grown.Length - 1;
        foreach (var slot in _slots)
        {
            if (slot == 0)
                continue;
            var at = (int)(slot >> 32) & mask;
            while (grown[at] != 0)
                at = (at + 1) & mask;
            grown[at] = slot;
        }

        _slots = grown;
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
