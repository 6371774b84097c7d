using System.Buffers.Binary;
using System.IO.Compression;
using Campaign.Captures.Outputs;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Outputs;

public sealed class HistogramLogSpecs
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(1441812279601);

    /// <summary>What Java's library recorded for the golden file.</summary>
    private static readonly LatencyDistribution Golden = new(
        [.. Enumerable.Range(1, 10_000).Select(n => n * 1000L), 100_000_000], [.. Enumerable.Repeat(1L, 10_000), 3]);

    [Fact]
    public void Counts_are_encoded_as_Java_encodes_them()
    {
        var java = File.ReadAllLines(TestData.Path("hdr/java.hlog")).First(line => line.StartsWith("Tag=A", StringComparison.Ordinal)).Split(',')[^1];

        Assert.Equal(Unpack(Convert.FromBase64String(java)), HdrCounts.Payload(Golden));
        Assert.Equal(Unpack(Convert.FromBase64String(java)), Unpack(HdrCounts.Encode(Golden)));
    }

    [Fact]
    public void A_log_has_the_lines_of_the_golden_one()
    {
        using var text = new StringWriter();
        new HistogramLog(text, Start, "A", "campaign test").Write(Start, TimeSpan.FromSeconds(1.007), Golden);

        var golden = File.ReadAllLines(TestData.Path("hdr/java.hlog"));
        var ours = text.ToString().Split('\n');
        Assert.Equal(golden[..4], ours[..4]);
        Assert.Equal(golden[4].Split(',')[..4], ours[4].Split(',')[..4]);
        Assert.DoesNotContain('\r', text.ToString());
    }

    [Fact]
    public void A_tag_that_would_break_the_line_is_refused() =>
        Assert.Throws<ArgumentException>(() => new HistogramLog(TextWriter.Null, Start, "a,b"));

    [Fact]
    public void What_was_written_is_read_again_within_a_bin()
    {
        LatencyDistribution[] seconds =
        [
            Golden, LatencyDistribution.FromSamples([]), LatencyDistribution.FromSamples([0, 1, 2, 2047, 2048, 4097, 1L << 40, 5_000_000_000]),
            new([1000], [long.MaxValue / 4]),
        ];
        using var text = new StringWriter();
        var log = new HistogramLog(text, Start, "cell-1", "about");
        foreach (var (second, latencies) in seconds.Index())
            log.Write(Start.AddSeconds(second), TimeSpan.FromSeconds(1), latencies);

        var read = HistogramLogReader.Read(new StringReader(text.ToString()));

        Assert.Equal(seconds.Select(s => s.Count), read.Select(i => i.Latencies.Count));
        Assert.All(read, i => Assert.Equal(("cell-1", 1.0), (i.Tag, i.Length)));
        Assert.Equal(1441812279.601 + 3, read[3].Start, 3);
        foreach (var (second, interval) in seconds.Zip(read, (s, i) => (s, i.Latencies)).Where(p => p.s.Count > 0))
        {
            foreach (var p in new[] { 0, 0.1, 0.5, 0.9, 0.999, 1 })
                Assert.InRange(interval.Percentile(p), second.Percentile(p) * 0.9989, second.Percentile(p) * 1.0011);
        }
    }

    [Fact]
    public void A_log_of_Javas_library_is_read()
    {
        var read = HistogramLogReader.Read(new StreamReader(TestData.Path("hdr/java.hlog")));

        var golden = read.First(i => i.Tag == "A").Latencies;
        Assert.Equal(10_003, golden.Count);
        Assert.Equal(HdrCounts.IndexOf(5_005_311), HdrCounts.IndexOf(golden.Percentile(0.5)));
        Assert.Equal(HdrCounts.IndexOf(9_994_239), HdrCounts.IndexOf(golden.Percentile(0.999)));
        Assert.Equal(HdrCounts.IndexOf(100_007_935), HdrCounts.IndexOf(golden.Maximum));
    }

    [Theory]
    [InlineData("Tag=A")]
    [InlineData("Tag=A,1,2")]
    [InlineData("1,1,1,!!!")]
    [InlineData("1,1,1,AAAA")]
    [InlineData("x,1,1,HISTFAAAAAA=")]
    public void A_damaged_line_is_named(string line) =>
        Assert.StartsWith("Line 2 is no interval", Assert.Throws<FormatException>(() => HistogramLogReader.Read(new StringReader("#[x]\n" + line + "\n"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Damaged_counts_are_refused_or_read_and_never_more()
    {
        var random = new Random(3);
        for (var round = 0; round < 2000; round++)
        {
            var packed = HdrCounts.Encode(Golden);
            for (var n = random.Next(1, 4); n > 0; n--)
                packed[random.Next(packed.Length)] = (byte)random.Next(256);
            try
            {
                HdrCounts.Decode(packed[..random.Next(packed.Length / 2, packed.Length + 1)]);
            }
            catch (FormatException)
            {
            }

            var payload = HdrCounts.Payload(Golden);
            payload[random.Next(payload.Length)] = (byte)random.Next(256);
            using var repacked = new MemoryStream();
            repacked.Write([0x1c, 0x84, 0x93, 0x14, 0, 0, 0, 0]);
            using (var zlib = new ZLibStream(repacked, CompressionLevel.Fastest, leaveOpen: true))
                zlib.Write(payload);
            try
            {
                HdrCounts.Decode(repacked.ToArray());
            }
            catch (FormatException)
            {
            }
        }
    }

    [Fact]
    public void Bins_are_a_thousandth_wide_and_hold_their_values()
    {
        for (var value = 1L; value < 1L << 40; value = value * 21 / 20 + 1)
        {
            var edge = HdrCounts.HighestEquivalent(value);
            Assert.Equal(HdrCounts.IndexOf(value), HdrCounts.IndexOf(edge));
            Assert.Equal(HdrCounts.IndexOf(value) + 1, HdrCounts.IndexOf(edge + 1));
            Assert.InRange(edge, value, value + value / 1000 + 1);
        }
    }

    private static byte[] Unpack(byte[] blob)
    {
        Assert.Equal(0x1c849314, BinaryPrimitives.ReadInt32BigEndian(blob));
        Assert.Equal(blob.Length - 8, BinaryPrimitives.ReadInt32BigEndian(blob.AsSpan(4)));
        using var plain = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(blob, 8, blob.Length - 8), CompressionMode.Decompress))
            zlib.CopyTo(plain);
        return plain.ToArray();
    }
}
