using System.Buffers;

namespace Campaign.Captures.Matching;

/// <summary>Latencies and how often each occurred, ascending, in two to four bytes a value: differences and counts as LEB128.</summary>
internal sealed class CompactCounts
{
    private readonly byte[] _bytes;
    private readonly bool _borrowed;

    private CompactCounts(byte[] bytes, int size, bool borrowed, int distinct, long total, long last)
    {
        _bytes = bytes;
        _borrowed = borrowed;
        Size = size;
        Distinct = distinct;
        Total = total;
        Last = last;
    }

    /// <summary>How many values.</summary>
    public int Distinct { get; }

    /// <summary>All packets.</summary>
    public long Total { get; }

    /// <summary>The largest value; 0 when there is none.</summary>
    public long Last { get; }

    /// <summary>Bytes in use.</summary>
    public int Size { get; }

    /// <summary>No packet.</summary>
    public static CompactCounts None { get; } = new([], 0, false, 0, 0, 0);

    /// <summary>A single value, seen once.</summary>
    public static CompactCounts One(long value)
    {
        var writer = new Writer();
        writer.Add(value, 1);
        return writer.Complete();
    }

    /// <summary>The same in an array of its own, however long it is kept.</summary>
    public CompactCounts Kept()
    {
        if (!_borrowed)
            return this;

        var kept = new CompactCounts(_bytes.AsSpan(0, Size).ToArray(), Size, false, Distinct, Total, Last);
        GiveBack();
        return kept;
    }

    /// <summary>Ends the use of what <see cref="Writer.Lend"/> gave; nothing for others.</summary>
    public void GiveBack()
    {
        if (_borrowed)
            ArrayPool<byte>.Shared.Return(_bytes);
    }

    /// <summary>Writes ascending values, each once, into a borrowed array.</summary>
    internal sealed class Writer(int size = 64)
    {
        private byte[] _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(32, size));
        private int _used;
        private long _last;
        private long _total;
        private int _distinct;

        public void Add(long value, long count)
        {
            if (_bytes.Length - _used < 20)
                Grow();
            Write((ulong)(value - _last));
            Write((ulong)count);
            _last = value;
            _distinct++;
            _total += count;
        }

        /// <summary>What was written, to keep. Nothing can be added any more.</summary>
        public CompactCounts Complete() => Lend().Kept();

        /// <summary>What was written, in the borrowed array, for a short time. Nothing can be added any more.</summary>
        public CompactCounts Lend() => new(_bytes, _used, true, _distinct, _total, _last);

        private void Grow()
        {
            var larger = ArrayPool<byte>.Shared.Rent(_bytes.Length * 2);
            _bytes.AsSpan(0, _used).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        private void Write(ulong number)
        {
            for (; number >= 0x80; number >>= 7)
                _bytes[_used++] = (byte)(number | 0x80);
            _bytes[_used++] = (byte)number;
        }
    }

    public Enumerator GetEnumerator() => new(_bytes, Size);

    /// <summary>Walks over values and counts, ascending.</summary>
    internal struct Enumerator(byte[] bytes, int size)
    {
        private int _at;

        public readonly Enumerator Current => this;

        public long Value { get; private set; }

        public long Count { get; private set; }

        public bool MoveNext()
        {
            if (_at == size)
                return false;
            Value += (long)Read();
            Count = (long)Read();
            return true;
        }

        private ulong Read()
        {
            var number = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = bytes[_at++];
                number |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    return number;
            }
        }
    }
}
