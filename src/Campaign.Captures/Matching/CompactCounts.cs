namespace Campaign.Captures.Matching;

/// <summary>Latencies and how often each occurred, ascending, in two to four bytes a value: differences and counts as LEB128.</summary>
internal sealed class CompactCounts
{
    private readonly byte[] _bytes;

    private CompactCounts(byte[] bytes, int distinct, long total, long last)
    {
        Distinct = distinct;
        _bytes = bytes;
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
    public int Size => _bytes.Length;

    /// <summary>No packet.</summary>
    public static CompactCounts None { get; } = new([], 0, 0, 0);

    /// <summary>A single value, seen once.</summary>
    public static CompactCounts One(long value)
    {
        var writer = new Writer();
        writer.Add(value, 1);
        return writer.Complete();
    }

    /// <summary>Writes ascending values, each once.</summary>
    internal sealed class Writer(int size = 64)
    {
        private byte[] _bytes = new byte[Math.Max(32, size)];
        private int _used;
        private long _last;
        private long _total;
        private int _distinct;

        public void Add(long value, long count)
        {
            if (_bytes.Length - _used < 20)
                Array.Resize(ref _bytes, _bytes.Length * 2);
            Write((ulong)(value - _last));
            Write((ulong)count);
            _last = value;
            _distinct++;
            _total += count;
        }

        public CompactCounts Complete() => new(_bytes.AsSpan(0, _used).ToArray(), _distinct, _total, _last);

        private void Write(ulong number)
        {
            for (; number >= 0x80; number >>= 7)
                _bytes[_used++] = (byte)(number | 0x80);
            _bytes[_used++] = (byte)number;
        }
    }

    public Enumerator GetEnumerator() => new(_bytes);

    /// <summary>Walks over values and counts, ascending.</summary>
    internal struct Enumerator(byte[] bytes)
    {
        private int _at;

        public readonly Enumerator Current => this;

        public long Value { get; private set; }

        public long Count { get; private set; }

        public bool MoveNext()
        {
            if (_at == bytes.Length)
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
