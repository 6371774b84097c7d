using Campaign.Captures.Pcap;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Pcap;

public sealed class CaptureWriterSpecs
{
    [Fact]
    public void What_is_written_is_read_back()
    {
        using var folder = new TempFolder();
        var pair = SyntheticPair.Calm(30_000);
        using (var writer = new CaptureWriter(folder["a.pcap"], snapLength: 65_535))
        {
            foreach (var sent in pair.Pre)
                writer.Write(sent.Time, CapturePen.Frame(sent.Id));
            Assert.False(File.Exists(folder["a.pcap"]));
            writer.Complete();
            Assert.Equal(30_000, writer.Packets);
        }

        Assert.Equal(new CapturePen().Draw(pair.Pre), File.ReadAllBytes(folder["a.pcap"]));
        Assert.Equal(["a.pcap"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void A_long_packet_is_cut_and_its_length_kept()
    {
        using var folder = new TempFolder();
        using (var writer = new CaptureWriter(folder["a.pcap"], snapLength: 64, LinkType.RawIp))
        {
            writer.Write(4_294_967_295_999_999_999, new byte[1500]);
            writer.Complete();
        }

        using var reader = CaptureReader.Open(folder["a.pcap"]);
        Assert.True(reader.TryRead(out var packet));
        Assert.Equal((64, 1500, 4_294_967_295_999_999_999), (packet.Bytes.Length, packet.OriginalLength, packet.Timestamp));
        Assert.Equal(LinkType.RawIp, packet.LinkType);
    }

    [Fact]
    public void A_capture_that_was_not_completed_leaves_nothing()
    {
        using var folder = new TempFolder();
        using (var writer = new CaptureWriter(folder["a.pcap"]))
            writer.Write(1, CapturePen.Frame(1));

        Assert.Empty(Directory.EnumerateFiles(folder.Path));
    }
}
