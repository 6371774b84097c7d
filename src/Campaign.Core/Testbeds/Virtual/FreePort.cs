using System.Net;
using System.Net.Sockets;

namespace Campaign.Testbeds.Virtual;

/// <summary>Ports of the loopback interface that nobody uses at this moment.</summary>
internal static class FreePort
{
    public static int Tcp()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        return Bind(socket);
    }

    /// <returns>Different ports.</returns>
    public static int[] Udp(int count)
    {
        Socket[] sockets = [.. Enumerable.Range(0, count).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))];
        int[] ports = [.. sockets.Select(Bind)];
        foreach (var socket in sockets)
            socket.Dispose();

        return ports;
    }

    private static int Bind(Socket socket)
    {
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
