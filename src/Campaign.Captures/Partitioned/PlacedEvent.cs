using System.Runtime.InteropServices;

namespace Campaign.Captures.Partitioned;

/// <summary>What was found of a packet, on its way back into the order of its capture.</summary>
/// <param name="place">As <see cref="Place"/>.</param>
/// <param name="kind">As <see cref="Kind"/>.</param>
/// <param name="first">As <see cref="First"/>.</param>
/// <param name="second">As <see cref="Second"/>.</param>
/// <param name="flow">As <see cref="Flow"/>.</param>
[StructLayout(LayoutKind.Sequential, Pack = 4)]
internal readonly struct PlacedEvent(long place, int kind, long first, long second = 0, uint flow = 0)
{
    public const byte Match = 1;
    public const byte Unmatched = 2;
    public const byte Other = 3;

    /// <summary>Bytes of a record: it may leave out the last fields, which are 0 then.</summary>
    public const int SizeToFirst = 16;

    /// <summary>Bytes of a record without a flow.</summary>
    public const int SizeToSecond = 24;

    /// <summary>Bytes of a record with everything.</summary>
    public const int Size = 28;

    private const int KindBits = 3;

    /// <summary>Places that are put in order at once: two megabytes of them stay in the processor's cache.</summary>
    private const int Stretch = 1 << 16;

    private readonly long _head = place << KindBits | (uint)kind;

    /// <summary>Before the device: when it was sent. Behind it: the place of its match, or its time when it was never sent.</summary>
    public long First { get; } = first;

    /// <summary>Before the device: when it arrived.</summary>
    public long Second { get; } = second;

    /// <summary>Before the device: as <see cref="Matching.IdentityRule.FlowOf"/> tells it.</summary>
    public uint Flow { get; } = flow;

    /// <summary>In its capture.</summary>
    public long Place => _head >> KindBits;

    /// <summary>Before the device its fate, counted from 1; behind it one of the constants. 0 is no event.</summary>
    public int Kind => (int)_head & ((1 << KindBits) - 1);

    /// <summary>Writes as much as a record of that file holds.</summary>
    public void Write(RecordFile file)
    {
        var record = file.Append();
        MemoryMarshal.AsBytes(new ReadOnlySpan<PlacedEvent>(in this))[..record.Length].CopyTo(record);
    }

    /// <summary>All events of all files in order; each file is in order.</summary>
    /// <param name="files">Written, and read from their beginning here.</param>
    /// <param name="places">How many places there are in the capture.</param>
    /// <param name="cancellationToken">Looked at every few ten thousand places.</param>
    public static IEnumerable<PlacedEvent> InOrder(Partitions files, long places, CancellationToken cancellationToken)
    {
        for (var part = 0; part < Partitions.Count; part++)
            files[part].Rewind();
        var stretch = new PlacedEvent[Math.Min(Stretch, places)];
        for (var from = 0L; from < places; from += Stretch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Array.Clear(stretch);
            for (var part = 0; part < Partitions.Count; part++)
                Fill(stretch, from, files[part]);
            foreach (var one in stretch)
            {
                if (one.Kind != 0)
                    yield return one;
            }
        }
    }

    private static void Fill(PlacedEvent[] stretch, long from, RecordFile file)
    {
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var place = MemoryMarshal.Read<long>(record) >> KindBits;
            if (place >= from + Stretch)
                return;
            record.CopyTo(MemoryMarshal.AsBytes(stretch.AsSpan((int)(place - from), 1)));
        }
    }
}
