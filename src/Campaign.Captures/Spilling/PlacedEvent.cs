using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Campaign.Captures.Spilling;

/// <summary>What was found of a packet, on its way back into the order of its capture.</summary>
/// <param name="Place">In its capture.</param>
/// <param name="First">Before the device: when it was sent. Behind it: the place of its match, or its time when it was never sent.</param>
/// <param name="Second">Before the device: when it arrived.</param>
/// <param name="Kind">Before the device its fate, counted from 1; behind it one of the constants. 0 is no event.</param>
/// <param name="Flow">Before the device: as <see cref="Matching.IdentityRule.FlowOf"/> tells it.</param>
internal readonly record struct PlacedEvent(long Place, long First, long Second, byte Kind, uint Flow = 0)
{
    public const byte Match = 1;
    public const byte Unmatched = 2;
    public const byte Other = 3;

    /// <summary>Places that are put in order at once: two megabytes of them stay in the processor's cache.</summary>
    private const int Stretch = 1 << 16;

    /// <summary>Bytes of a record.</summary>
    public static int Size => Unsafe.SizeOf<PlacedEvent>();

    public void Write(SpillFile file) => MemoryMarshal.Write(file.Append(), in this);

    /// <summary>All events of all files in order; each file is in order.</summary>
    /// <param name="files">Written, and read from their beginning here.</param>
    /// <param name="places">How many places there are in the capture.</param>
    public static IEnumerable<PlacedEvent> InOrder(Partitions files, long places)
    {
        for (var part = 0; part < Partitions.Count; part++)
            files[part].Rewind();
        var stretch = new PlacedEvent[Stretch];
        for (var from = 0L; from < places; from += Stretch)
        {
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

    private static void Fill(PlacedEvent[] stretch, long from, SpillFile file)
    {
        for (ReadOnlySpan<byte> record; !(record = file.Peek()).IsEmpty; file.Skip())
        {
            var one = MemoryMarshal.Read<PlacedEvent>(record);
            if (one.Place >= from + Stretch)
                return;
            stretch[one.Place - from] = one;
        }
    }
}
