using System.Buffers.Binary;

namespace Campaign.Captures.Spilling;

/// <summary>What was found of a packet, on its way back into the order of its capture.</summary>
/// <param name="Place">In its capture.</param>
/// <param name="First">Before the device: when it was sent. Behind it: the place of its match, or its time when it was never sent.</param>
/// <param name="Second">Before the device: when it arrived.</param>
/// <param name="Kind">Before the device its fate; behind it one of the constants.</param>
/// <param name="Flow">Before the device: as <see cref="Matching.IdentityRule.FlowOf"/> tells it.</param>
internal readonly record struct PlacedEvent(long Place, long First, long Second, byte Kind, uint Flow = 0)
{
    public const byte Match = 1;
    public const byte Unmatched = 2;
    public const byte Other = 3;

    private const int Size = 29;

    public void Write(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Place);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[8..], First);
        BinaryPrimitives.WriteInt64LittleEndian(bytes[16..], Second);
        bytes[24] = Kind;
        BinaryPrimitives.WriteUInt32LittleEndian(bytes[25..], Flow);
        file.Write(bytes);
    }

    /// <summary>All events of all files in order; each file is in order.</summary>
    public static IEnumerable<PlacedEvent> InOrder(Partitions files)
    {
        var heads = new PriorityQueue<(int File, PlacedEvent Event), long>();
        for (var index = 0; index < Partitions.Count; index++)
        {
            files[index].Position = 0;
            if (TryRead(files[index], out var first))
                heads.Enqueue((index, first), first.Place);
        }

        while (heads.TryPeek(out var head, out _))
        {
            yield return head.Event;
            if (TryRead(files[head.File], out var next))
                heads.DequeueEnqueue((head.File, next), next.Place);
            else
                heads.Dequeue();
        }
    }

    private static bool TryRead(FileStream file, out PlacedEvent read)
    {
        Span<byte> bytes = stackalloc byte[Size];
        var whole = file.ReadAtLeast(bytes, Size, throwOnEndOfStream: false) == Size;
        read = new(
            BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadInt64LittleEndian(bytes[8..]),
            BinaryPrimitives.ReadInt64LittleEndian(bytes[16..]), bytes[24], BinaryPrimitives.ReadUInt32LittleEndian(bytes[25..]));
        return whole;
    }
}
