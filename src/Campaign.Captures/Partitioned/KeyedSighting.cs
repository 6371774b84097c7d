using System.Buffers.Binary;

namespace Campaign.Captures.Partitioned;

/// <summary>A packet that waits until its part of the keys is matched: place in its capture, time, length of the key, key.</summary>
/// <param name="record">As it lies in its file.</param>
internal readonly ref struct KeyedSighting(ReadOnlySpan<byte> record)
{
    private const int Head = 17;

    private readonly ReadOnlySpan<byte> _record = record;

    /// <summary>Counted from 0 on its side.</summary>
    public long Place => BinaryPrimitives.ReadInt64LittleEndian(_record);

    /// <summary>Nanoseconds.</summary>
    public long Time => BinaryPrimitives.ReadInt64LittleEndian(_record[8..]);

    public ReadOnlySpan<byte> Key => _record.Slice(Head, _record[16]);

    /// <summary>Bytes of a record whose key is at most so long.</summary>
    public static int SizeFor(int keyLength) => Head + keyLength;

    public static void Write(RecordFile file, long place, long time, ReadOnlySpan<byte> key)
    {
        var record = file.Append();
        BinaryPrimitives.WriteInt64LittleEndian(record, place);
        BinaryPrimitives.WriteInt64LittleEndian(record[8..], time);
        record[16] = (byte)key.Length;
        key.CopyTo(record[Head..]);
    }
}
