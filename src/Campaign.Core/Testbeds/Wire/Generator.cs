using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// The load generator, an open loop: packet i is to leave at start + i / rate, whatever became of the packets before it. A packet that is late leaves at
/// once and the next keeps its own time, so a delay of the generator neither thins the load nor hides a latency.
/// Order <c>prepare port= size= rate= count= flows= carry=</c>, answer <c>prepared ports=</c>; then <c>go</c>, and when all have left <c>sent</c>.
/// </summary>
internal static class Generator
{
    /// <summary>The kernel wakes a sleeper within about this long; the rest of the way is spun. Nanoseconds.</summary>
    private const long Spin = 20_000;

    private const long HeadStart = 5_000_000;
    private const double LateAfter = 100_000;

    public static void Run(WireLink link)
    {
        WireClock.BePunctual();
        link.Send(new WireMessage("ready"));
        while (true)
            Perform(link, link.Receive());
    }

    private static void Perform(WireLink link, WireMessage order)
    {
        var interval = 1e9 / double.Parse(order["rate"], CultureInfo.InvariantCulture);
        var size = (int)order.Number("size");
        var payload = new byte[size - ProbePayload.Overhead];
        DatagramSocket[] flows = [.. Enumerable.Range(0, (int)order.Number("flows")).Select(_ => DatagramSocket.Open(DatagramSocket.Loopback))];
        var ports = flows.Select(f => f.Port).ToImmutableArray();
        var frame = order["carry"] == Probes.Frames ? new ProbeFrame(size, (int)order.Number("port"), ports) : null;
        foreach (var flow in flows)
            flow.ConnectTo(DatagramSocket.Splitter, (int)order.Number("port"));

        link.Send(new WireMessage("prepared", ("ports", string.Join(',', ports))));
        link.Receive();
        var departures = Send(flows, payload, frame, order.Number("count"), interval);
        foreach (var flow in flows)
            flow.Dispose();

        link.Send(new WireMessage("sent", ("sent", departures.Sent), ("late", departures.Late), ("worst", departures.Worst)));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static (long Sent, long Late, long Worst) Send(DatagramSocket[] flows, byte[] payload, ProbeFrame? frame, long count, double interval)
    {
        var (sent, late, worst) = (0L, 0L, 0L);
        var allowed = (long)Math.Max(LateAfter, interval);
        var start = WireClock.Monotonic + HeadStart;
        var epoch = WireClock.Realtime - WireClock.Monotonic;
        for (var i = 0L; i < count; i++)
        {
            var due = start + (long)(i * interval);
            ProbePayload.Write(payload, i, epoch + due);
            var packet = frame is null ? payload : frame.ComposeWhole(i, payload);
            var lateness = WaitUntil(due) - due;
            if (flows[i % flows.Length].Send(packet))
                sent++;

            late += lateness > allowed ? 1 : 0;
            worst = Math.Max(worst, lateness);
        }

        return (sent, late, worst);
    }

    /// <returns>The time now, at or behind <paramref name="due"/>.</returns>
    private static long WaitUntil(long due)
    {
        var now = WireClock.Monotonic;
        if (due - now > Spin)
        {
            WireClock.SleepUntil(due - Spin);
            now = WireClock.Monotonic;
        }

        while (now < due)
            now = WireClock.Monotonic;

        return now;
    }
}
