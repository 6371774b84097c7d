using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Campaign.Captures.Sequential;

/// <remarks>
/// The two loops that see every packet. A record is theirs when it looks like the template, is not earlier than the one before, lies in the same second and
/// has the id that is expected; anything else is left to the slow path, which parses it. Bytes are read through references without bounds checks; the
/// window guarantees 64 bytes past its end, and a record is only looked at when all of it lies before that end.
/// </remarks>
internal sealed partial class SegmentMatcher
{
    private const uint Second = 1_000_000_000;
    private const ulong IdAndMarker = 0xFF_FFFF_FFFF;
    private const ulong Marker = 0x55_0000_0000;

    /// <summary>Takes expected records before the device until <paramref name="until"/> or the first that is different.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkimPre(uint until)
    {
        var window = _pre.Window;
        var template = _pre.Template;
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(window.Bytes);
        ref var ring = ref MemoryMarshal.GetArrayDataReference(_ring);
        ref var gaps = ref MemoryMarshal.GetArrayDataReference(_pre.Gaps.Counts);
        var (mask, expected, sizes) = (template.Mask, template.Expected, template.Sizes);
        var (at, idAt, stride) = (template.At, template.IdAt, template.Stride);
        var (position, last) = (window.Position, window.End - stride);
        var (head, time, secondEnd) = (_head, _pre.Last, _pre.SecondEnd);
        while (position <= last && head != until)
        {
            ref var record = ref Unsafe.Add(ref bytes, position);
            var fraction = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref record, 4));
            var timestamp = Unsafe.ReadUnaligned<uint>(ref record) * (long)Second + fraction;
            var gap = timestamp - time;
            if (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, 8)) != sizes
                || (Vector128.LoadUnsafe(ref record, (nuint)at) & mask) != expected
                || (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, idAt)) & IdAndMarker) != (Marker | (_base + head))
                || fraction >= Second
                || (ulong)gap >= (ulong)(secondEnd - time)
                || gap >= Matching.LatencyCounter.Direct)
                break;

            Unsafe.Add(ref gaps, (nint)gap)++;
            Unsafe.Add(ref ring, head & RingMask) = timestamp;
            time = timestamp;
            head++;
            position += stride;
        }

        if (head == _head)
            return;

        _pre.Gaps.Reached(Matching.LatencyCounter.Direct);
        _pre.Packets += head - _head;
        _pre.Last = LastSent = time;
        _head = head;
        window.Position = position;
    }

    /// <summary>Takes records behind the device that match in order, until the first that does not.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void SkimPost()
    {
        var window = _post.Window;
        var template = _post.Template;
        ref var bytes = ref MemoryMarshal.GetArrayDataReference(window.Bytes);
        ref var ring = ref MemoryMarshal.GetArrayDataReference(_ring);
        ref var gaps = ref MemoryMarshal.GetArrayDataReference(_post.Gaps.Counts);
        ref var counts = ref MemoryMarshal.GetArrayDataReference(_current.Counts);
        var (mask, expected, sizes) = (template.Mask, template.Expected, template.Sizes);
        var (at, idAt, stride) = (template.At, template.IdAt, template.Stride);
        var (position, last) = (window.Position, window.End - stride);
        var (next, limit, time) = (Math.Max(_next, Math.Max(_evicted, _secondFrom)), _limit, _post.Last);
        var (timeLimit, bound) = (Math.Min(_post.SecondEnd, PhaseEnd()), Bound());
        var start = position;
        while (position <= last && next < limit)
        {
            ref var record = ref Unsafe.Add(ref bytes, position);
            var fraction = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref record, 4));
            var timestamp = Unsafe.ReadUnaligned<uint>(ref record) * (long)Second + fraction;
            var gap = timestamp - time;
            var id = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, idAt)) & IdAndMarker;
            var relative = (uint)id - _base;
            if (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref record, 8)) != sizes
                || (Vector128.LoadUnsafe(ref record, (nuint)at) & mask) != expected
                || id >> 32 != Marker >> 32
                || fraction >= Second
                || (ulong)gap >= (ulong)(timeLimit - time)
                || gap >= Matching.LatencyCounter.Direct
                || relative - next >= limit - next)
                break;

            ref var sent = ref Unsafe.Add(ref ring, relative & RingMask);
            var latency = timestamp - sent;
            if ((ulong)(latency - 1) >= bound)
                break;

            Unsafe.Add(ref counts, (nint)latency)++;
            Unsafe.Add(ref gaps, (nint)gap)++;
            sent = Done;
            time = timestamp;
            next = relative + 1;
            position += stride;
        }

        var taken = (position - start) / stride;
        if (taken == 0)
            return;

        _current.Reached((int)bound + 1);
        _post.Gaps.Reached(Matching.LatencyCounter.Direct);
        _post.Packets += taken;
        _post.Last = time;
        Matched += taken;
        _next = next;
        window.Position = position;
    }
}
