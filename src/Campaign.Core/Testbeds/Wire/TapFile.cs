using System.Buffers.Binary;

namespace Campaign.Testbeds.Wire;

/// <summary>A capture in the making: pcap with nanoseconds. It has its name only once it is complete, so that half a capture is never taken for a whole one.</summary>
internal sealed class TapFile : IDisposable
{
    private const int RecordHeader = 16;

    private readonly string _path;
    private readonly FileStream _stream;
    private readonly byte[] _record = new byte[RecordHeader];

    public TapFile(string path)
    {
        _path = path;
        _stream = new FileStream(path + ".part", FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 18);
        var header = new byte[24];
        BinaryPrimitives.WriteUInt32LittleEndian(header, 0xA1B23C4D);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(4), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(header.AsSpan(6), 4);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(16), 0x40000);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(20), 1);
        _stream.Write(header);
    }

    public long Packets { get; private set; }

    /// <param name="time">Nanoseconds since 1970.</param>
    /// <param name="captured">The bytes that are kept.</param>
    /// <param name="length">Bytes of the frame.</param>
    public void Write(long time, ReadOnlySpan<byte> captured, int length)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(_record, (uint)(time / 1_000_000_000));
        BinaryPrimitives.WriteUInt32LittleEndian(_record.AsSpan(4), (uint)(time % 1_000_000_000));
        BinaryPrimitives.WriteInt32LittleEndian(_record.AsSpan(8), captured.Length);
        BinaryPrimitives.WriteInt32LittleEndian(_record.AsSpan(12), length);
        _stream.Write(_record);
        _stream.Write(captured);
        Packets++;
    }

    public void Complete()
    {
        _stream.Dispose();
        File.Move(_path + ".part", _path, overwrite: true);
    }

    public void Dispose() => _stream.Dispose();
}
