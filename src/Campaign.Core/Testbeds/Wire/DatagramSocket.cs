using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Campaign.Testbeds.Wire;

/// <summary>A UDP socket on loopback.</summary>
internal sealed unsafe class DatagramSocket : IDisposable
{
    /// <summary>127.0.0.1 in network order.</summary>
    public const uint Loopback = 0x0100007F;

    /// <summary>
    /// 127.255.255.255 in network order, the broadcast address of the loopback interface. What is sent there reaches every socket bound to
    /// it: the optical splitter of this testbed.
    /// </summary>
    public const uint Splitter = 0xFFFFFF7F;

    private const int WantedBuffer = 32 << 20;

    private DatagramSocket(int descriptor) => Descriptor = descriptor;

    public int Descriptor { get; }

    /// <summary>The port that the socket is bound to.</summary>
    public int Port
    {
        get
        {
            var length = sizeof(SocketAddress);
            Check(Libc.GetSocketName(Descriptor, out var address, ref length), "read the port of a socket");
            return BinaryPrimitives.ReverseEndianness(address.Port);
        }
    }

    /// <summary>Packets that the kernel dropped because the receive buffer was full, since the socket was opened.</summary>
    public long Drops
    {
        get
        {
            // SK_MEMINFO_DROPS is the last of nine. Unlike SO_RXQ_OVFL it needs no later packet to be told by.
            var info = stackalloc uint[9];
            var length = 9 * sizeof(uint);
            return Libc.GetSocketOption(Descriptor, Libc.SocketLevel, Libc.MemoryInfo, info, ref length) == 0 ? info[8] : 0;
        }
    }

    /// <summary>Bytes that the kernel lets the receive buffer grow to, its own bookkeeping included.</summary>
    public int BufferSize
    {
        get
        {
            var size = 0;
            var length = sizeof(int);
            Check(Libc.GetSocketOption(Descriptor, Libc.SocketLevel, Libc.ReceiveBuffer, &size, ref length), "read a socket's buffer size");
            return size;
        }
    }

    /// <summary>Opens a socket bound to an address in network order and a port; 0 lets the kernel choose one.</summary>
    /// <exception cref="IOException">The system refused.</exception>
    public static DatagramSocket Open(uint address, int port = 0)
    {
        var socket = new DatagramSocket(Check(
            Libc.OpenSocket(Libc.InternetFamily, Libc.Datagram | Libc.CloseOnExec, 0), "open a UDP socket"));
        socket.Set(Libc.ReuseAddress, 1, "share a port");
        var buffer = WantedBuffer;
        if (Libc.SetSocketOption(socket.Descriptor, Libc.SocketLevel, Libc.ReceiveBufferForce, &buffer, sizeof(int)) != 0)
            socket.Set(Libc.ReceiveBuffer, WantedBuffer, "enlarge a receive buffer");

        Check(Libc.Bind(socket.Descriptor, Endpoint(address, port), sizeof(SocketAddress)), $"bind a UDP socket to port {port} on loopback");
        return socket;
    }

    /// <summary>Sends go to this address from now on.</summary>
    public void ConnectTo(uint address, int port)
    {
        if (address == Splitter)
            Set(Libc.Broadcast, 1, "send to the broadcast address of loopback");

        Check(Libc.Connect(Descriptor, Endpoint(address, port), sizeof(SocketAddress)), $"send to port {port} on loopback");
    }

    /// <summary>Has the kernel note the time of every packet when it enters the interface.</summary>
    public void TakeTimestamps() => Set(Libc.TimestampNanoseconds, 1, "take receive timestamps");

    /// <summary>Lets a blocking receive come back empty-handed after so many microseconds.</summary>
    public void LimitWaiting(long microseconds)
    {
        var limit = stackalloc long[2] { microseconds / 1_000_000, microseconds % 1_000_000 };
        Check(Libc.SetSocketOption(Descriptor, Libc.SocketLevel, Libc.ReceiveTimeout, limit, 2 * sizeof(long)), "limit waiting");
    }

    /// <returns>Whether the kernel took the packet.</returns>
    public bool Send(ReadOnlySpan<byte> payload)
    {
        fixed (byte* data = payload)
            return Libc.Send(Descriptor, data, payload.Length, 0) == payload.Length;
    }

    public void Dispose() => _ = Libc.Close(Descriptor);

    private void Set(int option, int value, string purpose) =>
        Check(Libc.SetSocketOption(Descriptor, Libc.SocketLevel, option, &value, sizeof(int)), purpose);

    private static SocketAddress Endpoint(uint address, int port) => new()
    {
        Family = Libc.InternetFamily,
        Port = BinaryPrimitives.ReverseEndianness((ushort)port),
        Address = address,
    };

    private static int Check(int result, string purpose) => result >= 0
        ? result
        : throw new IOException($"The system refused to {purpose}: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}.");
}
