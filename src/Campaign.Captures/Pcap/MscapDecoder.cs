using System.Buffers.Binary;
using System.Globalization;

namespace Campaign.Captures.Pcap;

/// <summary>
/// MoonSniff's <c>.mscap</c>: 8 bytes of nanoseconds and 4 of id, little-endian, and nothing else. Its C++ writer computes times in 32 bits, so they wrap
/// every 4.29 s; they are unwrapped by the order of the file, which holds as long as no pause is longer than 2.1 s.
/// </summary>
internal sealed class MscapDecoder(RefillBuffer buffer, string path, CaptureFormat format) : RecordDecoder(buffer, path)
{
    public const int Size = 12;

    private const long Wrap = 1L << 32;
    private const long Half = Wrap / 2;

    private long _wrapped;
    private long _last = -1;

    public override CaptureFormat Format => format;

    /// <summary>Takes the first time as the one nearest to a time in another capture by the same clock.</summary>
    public void StartNear(long time)
    {
        var start = Buffer.Peek(Size);
        if (start.Length < Size || BinaryPrimitives.ReadInt64LittleEndian(start) is not (>= 0 and < Wrap) || time is < 0 or >= Wrap)
            return;

        var first = BinaryPrimitives.ReadInt64LittleEndian(start);
        _wrapped = first < time - Half ? Wrap : first > time + Half ? -Wrap : 0;
    }

    protected override bool TryDecode(out Packet packet)
    {
        packet = default;
        var record = Buffer.Peek(Size);
        if (record.Length > 0 && !record.ContainsAnyExcept((byte)0) && _last >= 0 && !Buffer.Peek(2 * Size).ContainsAnyExcept((byte)0))
            return EndAtZeros();
        if (record.Length < Size)
            return EndOrTruncation(record.Length, Size);

        var time = BinaryPrimitives.ReadInt64LittleEndian(record);
        if (time < 0 || time > long.MaxValue / 2)
            return EndCorrupt($"has a time of {unchecked((ulong)time)} ns");

        if (_last >= 0 && time >= Wrap && Math.Abs(time - _last) > RecordChecks.LongestPause)
            return EndCorrupt(string.Create(CultureInfo.InvariantCulture, $"is {(time - _last) / 1e9:0.###} s from the record before it"));

        packet = new Packet(Unwrap(time), 0, LinkType.MoonsniffId, Buffer.Position, record.Slice(8, 4));
        Buffer.Skip(Size);
        return true;
    }

    private long Unwrap(long time)
    {
        var unwrapped = time + _wrapped;
        if (time >= Wrap || _last < 0)
        {
            _last = unwrapped;
            return unwrapped;
        }

        // A packet that was overtaken may lie before the wrap again.
        if (unwrapped < _last - Half)
        {
            _wrapped += Wrap;
            unwrapped += Wrap;
        }
        else if (unwrapped > _last + Half && _wrapped > 0)
        {
            return unwrapped - Wrap;
        }

        _last = unwrapped;
        return unwrapped;
    }
}
