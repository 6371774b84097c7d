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
