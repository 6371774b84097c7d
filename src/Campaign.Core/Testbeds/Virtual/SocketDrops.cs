using System.Globalization;

namespace Campaign.Testbeds.Virtual;

/// <summary>What the kernel dropped because a process did not read its UDP socket in time: the last column of <c>/proc/net/udp</c>.</summary>
internal static class SocketDrops
{
    /// <param name="port">The socket's port; several processes may be bound to it.</param>
    /// <param name="process">The process whose socket is meant.</param>
    public static long Of(int port, int process)
    {
        HashSet<string> sockets = [.. Directory.GetFiles($"/proc/{process}/fd").Select(f => new FileInfo(f).LinkTarget ?? "")
            .Where(l => l.StartsWith("socket:[", StringComparison.Ordinal)).Select(l => l["socket:[".Length..^1])];
        var wanted = port.ToString("X4", CultureInfo.InvariantCulture);
        return File.ReadLines("/proc/net/udp").Skip(1)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(c => c.Length >= 13 && c[1].EndsWith(':' + wanted, StringComparison.Ordinal) && sockets.Contains(c[9]))
            .Sum(c => long.Parse(c[12], CultureInfo.InvariantCulture));
    }
}
