using System.Runtime.InteropServices;

namespace Campaign.Testbeds.Wire;

/// <summary>Room for packets that are received, and sent on, with one system call.</summary>
internal sealed unsafe class PacketBatch : IDisposable
{
    public const int Capacity = 64;

    private const int SlotSize = 2048;
    private const int ControlSize = 64;

    private readonly BatchedMessage* _messages = (BatchedMessage*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(BatchedMessage));
    private readonly MemorySlice* _slices = (MemorySlice*)NativeMemory.AllocZeroed(Capacity, (nuint)sizeof(MemorySlice));
    private readonly byte* _data = (byte*)NativeMemory.AllocZeroed(Capacity, SlotSize);
    private readonly byte* _control = (byte*)NativeMemory.AllocZeroed(Capacity, ControlSize);

    /// <summary>Takes what has arrived.</summary>
    /// <param name="socket">Where from.</param>
    /// <param name="wait">Whether to wait for the first packet, as long as the socket's limit says.</param>
    /// <returns>Number of packets, 0 when there is none.</returns>
    public int Receive(DatagramSocket socket, bool wait)
    {
        for (var i = 0; i < Capacity; i++)
        {
            _slices[i] = new MemorySlice { Start = _data + (i * SlotSize), Length = SlotSize };
            _messages[i] = new BatchedMessage
            {
                Slices = _slices + i,
                SliceCount = 1,
                Control = _control + (i * ControlSize),
                ControlLength = ControlSize,
            };
        }

        return Math.Max(0, Libc.ReceiveMany(socket.Descriptor, _messages, Capacity, wait ? Libc.WaitForOne : Libc.DoNotWait, null));
    }

    /// <summary>Sends the first packets on as they came.</summary>
    /// <returns>Number of packets that the kernel took.</returns>
    public int Send(DatagramSocket socket, int count)
    {
        for (var i = 0; i < count; i++)
        {
            _slices[i].Length = (nuint)Length(i);
            _messages[i].Control = null;
            _messages[i].ControlLength = 0;
        }

        return Math.Max(0, Libc.SendMany(socket.Descriptor, _messages, (uint)count, 0));
    }

    /// <summary>The payload of a received packet.</summary>
    public ReadOnlySpan<byte> this[int index] => new(_data + (index * SlotSize), Length(index));

    /// <summary>When the kernel saw a received packet enter the interface, in nanoseconds since 1970; 0 when it did not say.</summary>
    public long Timestamp(int index)
    {
        // struct cmsghdr: length (8 bytes), level (4), type (4), then the time.
        var header = _control + (index * ControlSize);
        return _messages[index].ControlLength >= 32 && *(int*)(header + 8) == Libc.SocketLevel && *(int*)(header + 12) == Libc.TimestampNanoseconds
            ? ((TimeSpecification*)(header + 16))->Nanoseconds
            : 0;
    }

    public void Dispose()
    {
        NativeMemory.Free(_messages);
        NativeMemory.Free(_slices);
        NativeMemory.Free(_data);
        NativeMemory.Free(_control);
    }

    private int Length(int index) => (int)(uint)_messages[index].Length;
}
