using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Campaign.Units;

/// <summary>
/// SHA-256 of a sequence of texts and numbers. Each text goes in with its length before it, so that no two different
/// sequences look alike.
/// </summary>
internal sealed class DigestBuilder : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[4096];
    private int _used;

    /// <summary>Adds a text; null is different from every text.</summary>
    public DigestBuilder Add(string? text)
    {
        if (text is null)
        {
            return Add(-1L);
        }

        var bytes = Encoding.UTF8.GetByteCount(text);
        Add((long)bytes);
        if (bytes <= _buffer.Length)
        {
            Encoding.UTF8.GetBytes(text, Room(bytes));
        }
        else
        {
            Flush();
            _hash.AppendData(Encoding.UTF8.GetBytes(text));
        }

        return this;
    }

    public DigestBuilder Add(long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(sizeof(long)), number);
        return this;
    }

    /// <summary>The digest of everything added since the last call.</summary>
    public Digest ToDigest()
    {
        Flush();
        return new Digest(Convert.ToHexStringLower(_hash.GetHashAndReset()));
    }

    public void Dispose() => _hash.Dispose();

    private Span<byte> Room(int bytes)
    {
        if (_buffer.Length - _used < bytes)
        {
            Flush();
        }

        var room = _buffer.AsSpan(_used, bytes);
        _used += bytes;
        return room;
    }

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _used);
        _used = 0;
    }
}
