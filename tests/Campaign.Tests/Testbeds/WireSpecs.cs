using System.Buffers.Binary;
using Campaign.Testbeds.Wire;
using Xunit;

namespace Campaign.Tests.Testbeds;

public sealed class WireSpecs
{
    [Fact]
    public void A_message_survives_the_pipe_whatever_its_paths_are_like()
    {
        var message = new WireMessage("record", ("pre", "/tmp/a b/é=1\n\t.pcap"), ("rate", 1.5));
        var read = WireMessage.Parse(message.ToString());
        Assert.Equal("record", read.Verb);
        Assert.Equal("/tmp/a b/é=1  .pcap", read["pre"]);
        Assert.Equal("1.5", read["rate"]);
        Assert.Throws<IOException>(() => read["post"]);
    }

    [Theory]
    [InlineData(64, false)]
    [InlineData(66, false)]
    [InlineData(67, true)]
    [InlineData(1518, true)]
    public void A_payload_has_MoonSniff_s_layout_and_the_intended_time_where_there_is_room(int size, bool hasTime)
    {
        var payload = new byte[size - ProbePayload.Overhead];
        ProbePayload.Write(payload, 0x1_0000_0007, 0x0102030405060708);
        Assert.Equal([7, 0, 0, 0, 0x55], payload[..5]);
        Assert.Equal(hasTime, payload.Length > 13 && payload[13] == 8);
        Assert.True(ProbePayload.TryRead(payload, payload.Length, out var sequence));
        Assert.Equal(0x1_0000_0007, sequence);

        Assert.False(ProbePayload.TryRead(payload, payload.Length + 1, out _));
        payload[4] = 0;
        Assert.False(ProbePayload.TryRead(payload, payload.Length, out _));
    }

    [Theory]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1518)]
    public void A_frame_has_headers_whose_checksums_are_right(int size)
    {
        var payload = new byte[size - ProbePayload.Overhead];
        ProbePayload.Write(payload, 70_001, 99);
        var composer = new ProbeFrame(size, destination: 319, [1000, 1001]);
        var frame = composer.Compose(70_001, payload).ToArray();

        Assert.Equal(size - 4, composer.Length);
        Assert.Equal(Math.Min(96, size - 4), frame.Length);
        Assert.Equal(70_001 & 0xFFFF, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(18)));
        Assert.Equal(1001, BinaryPrimitives.ReadUInt16BigEndian(frame.AsSpan(34)));
        Assert.Equal(0xFFFF, OnesComplement(frame.AsSpan(14, 20)));

        byte[] pseudo = [.. frame[26..34], 0, 17, .. frame[38..40], .. frame[34..]];
        Assert.Equal(0xFFFF, OnesComplement(pseudo));
    }

    [Fact]
    public void Interrupts_softirqs_and_context_switches_are_read_per_CPU()
    {
        var counts = KernelCounters.Parse(
            """
                       CPU0       CPU2
              1:          5          7   IO-APIC   1-edge      i8042, keyboard
            LOC:        100        200   Local timer interrupts
            ERR:          3
                                CPU0       CPU2
                      HI:          1          0
                  NET_RX:         40         50
            version 15
            timestamp 4295000000
            cpu0 0 0 900 400 300 200 1000000 2000000 777
            domain0 3 0 0 0
            cpu2 0 0 900 400 300 200 1000000 2000000 888
            """).Counts;
        Assert.Equal((5L, 7L), (counts[("1", "IO-APIC 1-edge i8042  keyboard", 0)], counts[("1", "IO-APIC 1-edge i8042  keyboard", 2)]));
        Assert.Equal((100L, 200L), (counts[("LOC", "Local timer interrupts", 0)], counts[("LOC", "Local timer interrupts", 2)]));
        Assert.Equal(3L, counts[("ERR", "", 0)]);
        Assert.Equal((40L, 50L), (counts[("NET_RX", "softirq", 0)], counts[("NET_RX", "softirq", 2)]));
        Assert.Equal((777L, 888L), (counts[("switches", "context switches", 0)], counts[("switches", "context switches", 2)]));
        Assert.Equal(11, counts.Count);
    }

    [Fact]
    public void What_this_machine_counts_only_grows_and_comes_out_as_differences()
    {
        var before = KernelCounters.Read();
        var now = KernelCounters.Read();

        Assert.All(before.Counts, c => Assert.InRange(now.Counts[c.Key], c.Value, long.MaxValue));
        Assert.Contains(before.Counts.Keys, c => c.Description == "softirq");
        Assert.Contains(before.Counts.Keys, c => c.Description == "context switches");
    }

    [Fact]
    public void A_recording_of_a_guest_becomes_what_came_in_between_on_the_clock_of_the_captures()
    {
        using var file = new StringWriter();

        InterruptLog.Convert(
            "@10.000000\n     CPU0  CPU1\nLOC:  5  6 Local timer interrupts\nctxt 100\n@11.000000\n     CPU0  CPU1\nLOC:  5  9 Local timer interrupts\nctxt 150\n@12.000000\n     CPU0", 1_000_000_000, file);

        Assert.Equal("time_ns,interrupt,description,cpu,count\n10000000000,LOC,Local timer interrupts,1,3\n10000000000,switches,context switches,-1,50\n", file.ToString());
    }

    [Fact]
    public void The_splitter_gives_every_socket_the_same_packet_with_the_same_time()
    {
        using var tap = DatagramSocket.Open(DatagramSocket.Splitter);
        using var node = DatagramSocket.Open(DatagramSocket.Splitter, tap.Port);
        using var generator = DatagramSocket.Open(DatagramSocket.Loopback);
        using var batch = new PacketBatch();
        tap.TakeTimestamps();
        node.TakeTimestamps();
        generator.ConnectTo(DatagramSocket.Splitter, tap.Port);

        // The kernel switches its timestamps on a moment after they were asked for; until then each socket notes its own time.
        for (var agreed = 0; agreed < 10; agreed++)
        {
            Assert.True(generator.Send([0, 1, 2]));
            Assert.Equal(1, batch.Receive(tap, wait: true));
            var first = batch.Timestamp(0);
            Assert.Equal(1, batch.Receive(node, wait: true));
            agreed = batch.Timestamp(0) == first ? agreed : -1;
        }

        for (byte i = 0; i < 50; i++)
        {
            var before = WireClock.Realtime;
            Assert.True(generator.Send([i, 1, 2]));
            Assert.Equal(1, batch.Receive(tap, wait: true));
            var after = WireClock.Realtime;
            var time = batch.Timestamp(0);
            Assert.InRange(time, before, after);
            Assert.Equal([i, 1, 2], batch[0].ToArray());
            Assert.Equal(1, batch.Receive(node, wait: true));
            Assert.Equal(time, batch.Timestamp(0));
        }

        Assert.Equal((0, 0), (tap.Drops, node.Drops));
    }

    [Fact]
    public void Packets_that_find_the_buffer_full_are_counted_as_dropped()
    {
        using var receiver = DatagramSocket.Open(DatagramSocket.Loopback);
        using var sender = DatagramSocket.Open(DatagramSocket.Loopback);
        using var batch = new PacketBatch();
        sender.ConnectTo(DatagramSocket.Loopback, receiver.Port);
        var payload = new byte[1400];
        var sent = 0;
        while (receiver.Drops == 0)
            sent += sender.Send(payload) ? 1 : 0;

        var received = 0;
        while (batch.Receive(receiver, wait: false) is > 0 and var count)
            received += count;

        Assert.Equal(sent, received + receiver.Drops);
    }

    private static int OnesComplement(ReadOnlySpan<byte> bytes)
    {
        var sum = 0;
        for (var i = 0; i < bytes.Length; i++)
            sum += i % 2 == 0 ? bytes[i] << 8 : bytes[i];

        while (sum > 0xFFFF)
            sum = (sum & 0xFFFF) + (sum >> 16);

        return sum;
    }
}
