using System.Runtime.CompilerServices;

namespace Campaign.Testbeds.Wire;

/// <summary>
/// The device under test: takes packets off the splitter and sends them on, unchanged. Order <c>forward in= out= poll=</c>, answer <c>forwarding</c>; <c>report</c>
/// answers <c>counts received= sent= drops=</c>.
/// </summary>
internal sealed class Forwarder(DatagramSocket input, DatagramSocket output)
{
    private long _received;
    private long _sent;

    public static void Run(WireLink link)
    {
        Rehearse();
        link.Send(new WireMessage("ready"));
        var order = link.Receive();
        using var input = DatagramSocket.Open(DatagramSocket.Splitter, (int)order.Number("in"));
        using var output = DatagramSocket.Open(DatagramSocket.Loopback);
        output.ConnectTo(DatagramSocket.Loopback, (int)order.Number("out"));

        var forwarder = new Forwarder(input, output);
        link.Listen(_ => link.Send(new WireMessage(
            "counts", ("received", Volatile.Read(ref forwarder._received)), ("sent", Volatile.Read(ref forwarder._sent)), ("drops", input.Drops))));
        link.Send(new WireMessage("forwarding"));
        forwarder.Forward(wait: order.Number("poll") == 0, packets: long.MaxValue);
    }

    /// <summary>Sends one packet through before the first that counts, so that nothing is compiled while a packet waits.</summary>
    private static void Rehearse()
    {
        using var input = DatagramSocket.Open(DatagramSocket.Loopback);
        using var output = DatagramSocket.Open(DatagramSocket.Loopback);
        output.ConnectTo(DatagramSocket.Loopback, output.Port);
        using var sender = DatagramSocket.Open(DatagramSocket.Loopback);
        sender.ConnectTo(DatagramSocket.Loopback, input.Port);
        if (sender.Send([0]))
            new Forwarder(input, output).Forward(wait: false, packets: 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(bool wait, long packets)
    {
        using var batch = new PacketBatch();
        while (_received < packets)
        {
            var count = batch.Receive(input, wait);
            if (count == 0)
                continue;

            var sent = batch.Send(output, count);
            Volatile.Write(ref _received, _received + count);
            Volatile.Write(ref _sent, _sent + sent);
        }
    }
}
