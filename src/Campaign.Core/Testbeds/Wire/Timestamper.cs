using System.Globalization;
using System.Runtime.CompilerServices;
using Campaign.Captures.Pcap;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// Records the packets before and behind the device under test with the time at which the kernel took them onto the loopback interface, which is when their
/// sender handed them over. <c>ready pre= post=</c> names its ports. Order <c>record pre= post= ports= size= carry=</c>, answer <c>recording</c>; <c>stop sent= drain=</c> ends it once no
/// packet came for so long, or a tenth of it when as many packets as were sent were seen on both sides; answer <c>recorded pre= post= foreign= drops=</c>.
/// </summary>
/// <remarks>
/// The splitter is the broadcast address of loopback: one send, one packet, which the kernel clones for every socket that is bound to it. Its timestamp is
/// taken before it is cloned, so forwarder and timestamper see the same packet with the same time. Two sends would cost the generator twice and be some
/// microseconds apart. Since the kernel keeps the time with the packet, nobody has to wake up for it: the timestamper sleeps and drains its sockets every
/// millisecond, and stays out of the forwarder's way.
/// </remarks>
internal sealed class Timestamper : IDisposable
{
    private const long Nap = 1_000_000;

    /// <summary>However much still trickles in, a recording ends so long after it was told to.</summary>
    private const long LongestDrain = 5_000_000_000;

    private readonly DatagramSocket _pre;
    private readonly DatagramSocket _post;
    private long _foreign;

    private Timestamper(int pre, int post)
    {
        _pre = DatagramSocket.Open(DatagramSocket.Splitter, pre);
        _post = DatagramSocket.Open(DatagramSocket.Loopback, post);
        _pre.TakeTimestamps();
        _post.TakeTimestamps();
    }

    /// <param name="pre">Port before the device; 0: one that is free.</param>
    /// <param name="post">Port behind it; 0: one that is free.</param>
    public static void Run(WireLink link, int pre, int post)
    {
        using var timestamper = new Timestamper(pre, post);
        link.Send(new WireMessage("ready", ("pre", timestamper._pre.Port), ("post", timestamper._post.Port), ("buffer", timestamper._pre.BufferSize)));
        while (true)
            timestamper.Record(link, link.Receive());
    }

    public void Dispose()
    {
        _pre.Dispose();
        _post.Dispose();
    }

    private void Record(WireLink link, WireMessage order)
    {
        var probes = new Probes(
            order["carry"],
            new ProbeFrame((int)order.Number("size"), _pre.Port, [.. order["ports"].Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture))]));
        using var pre = new CaptureWriter(order["pre"]);
        using var post = new CaptureWriter(order["post"]);
        using var batch = new PacketBatch();
        Discard(batch);
        var dropsBefore = _pre.Drops + _post.Drops;
        link.Send(new WireMessage("recording"));
        Drain(pre, post, probes, batch, link);
        pre.Complete();
        post.Complete();
        link.Send(new WireMessage("recorded",
            ("pre", pre.Packets), ("post", post.Packets), ("foreign", _foreign), ("drops", _pre.Drops + _post.Drops - dropsBefore)));
    }

    /// <summary>Throws away what arrived before the recording.</summary>
    private void Discard(PacketBatch batch)
    {
        while (batch.Receive(_pre, wait: false) + batch.Receive(_post, wait: false) > 0)
        {
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Drain(CaptureWriter pre, CaptureWriter post, Probes probes, PacketBatch batch, WireLink link)
    {
        var (sent, drain, told, latest) = (0L, 0L, 0L, 0L);
        while (true)
        {
            var count = Take(_pre, pre, probes, batch) + Take(_post, post, probes, batch);
            var now = WireClock.Monotonic;
            if (drain == 0 && link.TryReceive(out var stop))
                (sent, drain, told, latest) = (stop!.Number("sent"), stop.Number("drain"), now, now);

            latest = count > 0 ? now : latest;
            var patience = pre.Packets >= sent && post.Packets >= sent ? drain / 10 : drain;
            if (drain > 0 && (now - latest > patience || now - told > LongestDrain))
                return;

            if (count < PacketBatch.Capacity)
                WireClock.Sleep(Nap);
        }
    }

    private int Take(DatagramSocket socket, CaptureWriter file, Probes probes, PacketBatch batch)
    {
        var count = batch.Receive(socket, wait: false);
        for (var i = 0; i < count; i++)
        {
            if (probes.TryCapture(batch[i], out var captured) && batch.Timestamp(i) is > 0 and var time)
                file.Write(time, captured, probes.Length);
            else
                _foreign++;
        }

        return count;
    }
}
