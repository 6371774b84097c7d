using System.Buffers.Binary;

namespace Campaign.Captures.Spilling;

/// <summary>A packet on disk until its part of the keys is matched: place in its capture, time, length of the key, key.</summary>
/// <param name="Place">Counted from 0 on its side.</param>
/// <param name="Time">Nanoseconds.</param>
/// <param name="KeyLength">Bytes of the key that are used.</param>
internal readonly record struct SpilledSighting(long Place, long Time, int KeyLength)
{
    private const int Head = 17;

    public static void Write(FileStream file, long place, long time, ReadOnlySpan<byte> key)
    {
        Span<byte> head = stackalloc byte[Head];
        BinaryPrimitives.WriteInt64LittleEndian(head, place);
        BinaryPrimitives.WriteInt64LittleEndian(head[8..], time);
        head[16] = (byte)key.Length;
        file.Write(head);
        file.Write(key);
    }

    /// <summary>Reads the next one; false at the end.</summary>
    public static bool TryRead(FileStream file, Span<byte> key, out SpilledSighting sighting)
    {
        Span<byte> head = stackalloc byte[Head];
        sighting = default;
        if (file.ReadAtLeast(head, Head, throwOnEndOfStream: false) < Head)
            return false;

        sighting = new(BinaryPrimitives.ReadInt64LittleEndian(head), BinaryPrimitives.ReadInt64LittleEndian(head[8..]), head[16]);
        file.ReadExactly(key[..sighting.KeyLength]);
        return true;
    }
}
