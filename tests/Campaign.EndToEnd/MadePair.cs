using System.Buffers.Binary;
using System.Text.Json.Nodes;
using Campaign.Captures.Pcap;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>A pair of captures of which everything is known: a packet each 100 µs, 3 to 6 µs in the device, each 50th lost.</summary>
internal sealed class MadePair
{
    private const long Start = 15_000_000_000;
    private const long Gap = 100_000;
    private const int LostEach = 50;

    /// <param name="folder">Where <c>pre.pcap</c> and <c>post.pcap</c> go.</param>
    /// <param name="packets">Packets before.</param>
    /// <param name="wide">A 64-bit id for each packet, behind MoonSniff's.</param>
    /// <param name="flows">Flows with ids of their own; packets take turns.</param>
    public MadePair(TempFolder folder, int packets, Func<int, ulong>? wide = null, int flows = 1)
    {
        (Pre, Post) = (folder["pre.pcap"], folder["post.pcap"]);
        using var pre = new CaptureWriter(Pre);
        using var post = new CaptureWriter(Post);
        var random = new Random(1);
        for (var id = 0; id < packets; id++)
        {
            var frame = Frame(id / flows, 1024 + id % flows, wide?.Invoke(id) ?? 0);
            var (sent, latency) = (Start + id * Gap, random.Next(3000, 6000));
            pre.Write(sent, frame);
            if (id % LostEach == LostEach - 1)
            {
                Lost++;
                continue;
            }

            post.Write(sent + latency, frame);
            Matched++;
            Longest = Math.Max(Longest, latency);
        }

        pre.Complete();
        post.Complete();
    }

    public string Pre { get; }

    public string Post { get; }

    public long Matched { get; }

    public long Lost { get; }

    public long Longest { get; }

    public void AssertTold(JsonNode json)
    {
        Assert.Equal(Matched, (long)json["matched"]!);
        Assert.Equal(Lost, (long)json["lost"]!);
        Assert.Equal(1, (long)json["longest_loss_burst"]!);
        Assert.Equal(Matched, (long)json["latency_ns"]!["count"]!);
        Assert.Equal(Longest, (long)json["latency_ns"]!["max"]!);
    }

    private static byte[] Frame(int id, int port, ulong wide)
    {
        var payload = new byte[18];
        BinaryPrimitives.WriteInt32LittleEndian(payload, id);
        payload[4] = 0x55;
        BinaryPrimitives.WriteUInt64BigEndian(payload.AsSpan(5), wide);
        var frame = new byte[UdpFrame.HeaderLength + payload.Length];
        (UdpFrame.Flow with { SourcePort = (ushort)port, DestinationPort = 319 }).Compose(frame, (ushort)id, payload);
        return frame;
    }
}
