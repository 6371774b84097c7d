namespace Campaign.Captures.Sequential;

/// <summary>Ascending numbers, a byte each when they are close: the lost ids of a trial that loses every third packet still fit.</summary>
internal sealed class IdList
{
    private byte[] _bytes = new byte[64];
    private int _used;
    private long _last = -1;

    /// <summary>Bytes in use.</summary>
    public int Size => _used;

    public long Count { get; private set; }

    /// <param name="id">Above all before it.</param>
    public void Add(long id)
    {
        if (_bytes.Length - _used < 10)
            Array.Resize(ref _bytes, _bytes.Length * 2);
        var step = (ulong)(id - _last - 1);
        for (; step >= 0x80; step >>= 7)
            _bytes[_used++] = (byte)(step | 0x80);
        _bytes[_used++] = (byte)step;
        _last = id;
        Count++;
    }

    public Enumerator GetEnumerator() => new(this);

    internal struct Enumerator(IdList list)
    {
        private int _at;

        public long Current { get; private set; } = -1;

        public bool MoveNext()
        {
            if (_at == list._used)
                return false;

            var step = 0UL;
            for (var shift = 0; ; shift += 7)
            {
                var next = list._bytes[_at++];
                step |= (ulong)(next & 0x7F) << shift;
                if (next < 0x80)
                    break;
            }

            Current += (long)step + 1;
            return true;
        }
    }
}
