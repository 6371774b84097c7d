using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Campaign.Captures.Partitioned;

/// <summary>The identities of one part seen before the device, in that order, found again by their key. Keys are compared in full.</summary>
internal sealed class SentPackets(int keyLength)
{
    private const int FewestSlots = 1 << 8;

    /// <summary>One length byte in front of each key.</summary>
    private readonly Paged<byte> _keys = new(keyLength + 1);
    private readonly Paged<SentPacket> _packets = new();

    /// <summary>
    /// A table with open addressing: the hash in the upper half, the index and 1 in the lower, 0 where it is empty. A look at one slot mostly tells
    /// whether there is such a key.
    /// </summary>
    private ulong[] _slots = [];

    public int Count => _packets.Count;

    public ref SentPacket this[int index] => ref _packets[index];

    /// <summary>The identity's bytes.</summary>
    public ReadOnlySpan<byte> Key(int index) => _keys.Slice(index) is var slot ? slot.Slice(1, slot[0]) : default;

    /// <summary>Memory for so many packets.</summary>
    public static long BytesFor(long packets, int keyLength) => packets * (keyLength + 1 + Unsafe.SizeOf<SentPacket>()) + SlotsFor(packets) * sizeof(ulong);

    /// <summary>Begins anew in the same memory.</summary>
    /// <param name="most">How many packets come at most.</param>
    public void Clear(long most)
    {
        _keys.Clear();
        _packets.Clear();
        if (SlotsFor(most) > _slots.Length)
            _slots = new ulong[SlotsFor(most)];
        else
            Array.Clear(_slots);
    }

    /// <summary>The entry with that key, or -1.</summary>
    public int Find(ReadOnlySpan<byte> key) => IndexIn(Slot(key, Hash(key)));

    /// <summary>The entry with that key; a new one, with nothing in it, when there was none.</summary>
    public int FindOrAdd(ReadOnlySpan<byte> key, out bool added)
    {
        var hash = Hash(key);
        var slot = Slot(key, hash);
        added = _slots[slot] == 0;
        if (!added)
            return IndexIn(slot);

        _keys.Add();
        var index = _packets.Add();
        _packets[index] = default;
        var kept = _keys.Slice(index);
        kept[0] = (byte)key.Length;
        key.CopyTo(kept[1..]);
        _slots[slot] = (ulong)hash << 32 | (uint)(index + 1);
        return index;
    }

    /// <summary>At most three of four slots are taken.</summary>
    private static long SlotsFor(long packets) => Math.Max(FewestSlots, (long)BitOperations.RoundUpToPowerOf2((ulong)packets * 4 / 3));

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
