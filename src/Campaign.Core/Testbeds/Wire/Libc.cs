using System.Runtime.InteropServices;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// The few calls of the C library that .NET does not offer: datagrams in batches with the kernel's receive timestamps, and sleeping to the
/// nanosecond. Layouts are those of 64-bit Linux (x86-64 and arm64 agree); see socket(7), udp(7), recvmmsg(2), cmsg(3).
/// </summary>
internal static unsafe partial class Libc
{
    public const int InternetFamily = 2;
    public const int Datagram = 2;
    public const int CloseOnExec = 0x80000;

    public const int SocketLevel = 1;
    public const int ReuseAddress = 2;
    public const int Broadcast = 6;
    public const int ReceiveBuffer = 8;
    public const int ReceiveTimeout = 20;
    public const int ReceiveBufferForce = 33;
    public const int TimestampNanoseconds = 35;
    public const int MemoryInfo = 55;

    public const int DoNotWait = 0x40;
    public const int WaitForOne = 0x10000;

    public const int RealtimeClock = 0;
    public const int MonotonicClock = 1;
    public const int AbsoluteTime = 1;
    public const int SetTimerSlack = 29;

    [LibraryImport("libc", EntryPoint = "socket", SetLastError = true)]
    public static partial int OpenSocket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, in SocketAddress address, int length);

    [LibraryImport("libc", EntryPoint = "connect", SetLastError = true)]
    public static partial int Connect(int socket, in SocketAddress address, int length);

    [LibraryImport("libc", EntryPoint = "getsockname", SetLastError = true)]
    public static partial int GetSocketName(int socket, out SocketAddress address, ref int length);

    [LibraryImport("libc", EntryPoint = "setsockopt", SetLastError = true)]
    public static partial int SetSocketOption(int socket, int level, int name, void* value, int length);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    public static partial int GetSocketOption(int socket, int level, int name, void* value, ref int length);

    [LibraryImport("libc", EntryPoint = "send", SetLastError = true)]
    public static partial nint Send(int socket, byte* data, nint length, int flags);

    [LibraryImport("libc", EntryPoint = "recvmmsg", SetLastError = true)]
    public static partial int ReceiveMany(int socket, BatchedMessage* messages, uint count, int flags, TimeSpecification* timeout);

    [LibraryImport("libc", EntryPoint = "sendmmsg", SetLastError = true)]
    public static partial int SendMany(int socket, BatchedMessage* messages, uint count, int flags);

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    [SuppressGCTransition]
    public static partial int ReadClock(int clock, out TimeSpecification time);

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    public static partial int Sleep(int clock, int flags, in TimeSpecification until, nint remaining);

    [LibraryImport("libc", EntryPoint = "prctl")]
    public static partial int ControlProcess(int option, nuint a, nuint b, nuint c, nuint d);
}

/// <summary><c>struct timespec</c></summary>
internal readonly struct TimeSpecification(long nanoseconds)
{
    private readonly long _seconds = nanoseconds / 1_000_000_000;
    private readonly long _nanoseconds = nanoseconds % 1_000_000_000;

    public long Nanoseconds => (_seconds * 1_000_000_000) + _nanoseconds;
}

/// <summary><c>struct sockaddr_in</c>; address and port are in network order.</summary>
internal struct SocketAddress
{
    public ushort Family;
    public ushort Port;
    public uint Address;
    public ulong Padding;
}

/// <summary><c>struct iovec</c></summary>
internal unsafe struct MemorySlice
{
    public byte* Start;
    public nuint Length;
}

/// <summary><c>struct mmsghdr</c></summary>
internal unsafe struct BatchedMessage
{
    public void* Name;
    public ulong NameLength;
    public MemorySlice* Slices;
    public nuint SliceCount;
    public byte* Control;
    public nuint ControlLength;
    public ulong Flags;

    /// <summary>Bytes received; in the kernel's structure a <c>u32</c> with padding behind it.</summary>
    public ulong Length;
}
