using System.Globalization;
using Campaign.Testing;
using Xunit;
using ZstdSharp;

namespace Campaign.EndToEnd;

/// <summary>Files that are no pair of whole captures: one clear message, exit code 3, never numbers, never a stack trace.</summary>
public sealed class DamagedCaptureSpecs
{
    private const int Record = 116;
    private const int Header = 24;
    private const int Records = 3000;

    [Theory]
    [InlineData("one bit in the file header")]
    [InlineData("one bit in the header of a record")]
    [InlineData("cut in the file header")]
    [InlineData("cut in a record")]
    [InlineData("cut between two records")]
    [InlineData("zeros behind the end")]
    [InlineData("swapped")]
    [InlineData("pcapng")]
    [InlineData("text")]
    [InlineData("empty")]
    [InlineData("directory")]
    [InlineData("missing")]
    public async Task It_is_refused_with_a_message_and_without_numbers(string damage)
    {
        using var folder = new TempFolder();
        var (pre, post) = (Whole("pre"), Whole("post"));
        var (prePath, postPath) = (folder["pre.pcap"], folder["post.pcap"]);
        byte[]? damaged = damage switch
        {
            "one bit in the file header" => Flip(post, 6, 0),
            "one bit in the header of a record" => Flip(post, Header + (Record * 100) + 9, 3),
            "cut in the file header" => post[..17],
            "cut in a record" => post[..(Header + (Record * 2000) + 50)],
            "cut between two records" => post[..(Header + (Record * 2000))],
            "zeros behind the end" => [.. post, .. new byte[100_000]],
            "pcapng" => [0x0A, 0x0D, 0x0D, 0x0A, .. new byte[40]],
            "text" => "latency,prets,postts\n1,2,3\n"u8.ToArray(),
            "empty" => [],
            _ => null,
        };
        await File.WriteAllBytesAsync(prePath, pre, TestContext.Current.CancellationToken);
        await File.WriteAllBytesAsync(postPath, damaged ?? post, TestContext.Current.CancellationToken);
        (prePath, postPath) = damage switch
        {
            "swapped" => (postPath, prePath),
            "directory" => (prePath, folder.Path),
            "missing" => (prePath, folder["nothing.pcap"]),
            _ => (prePath, postPath),
        };

        var ended = await CampaignProcess.RunAsync(null, "analyse", prePath, postPath);

        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Equal("", ended.Out);
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
        Assert.Contains(damage == "swapped" ? "swapped" : Path.GetFileName(postPath), ended.Error, StringComparison.Ordinal);
    }

    // The beginning of a real pair, in whole records of 100 bytes.
    private static byte[] Whole(string side)
    {
        using var zstd = new DecompressionStream(File.OpenRead(TestData.Path(string.Create(CultureInfo.InvariantCulture, $"captures/l2fwd-hw-{side}.pcap.zst"))));
        var bytes = new byte[Header + (Record * Records)];
        zstd.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] Flip(byte[] bytes, int at, int bit)
    {
        var flipped = (byte[])bytes.Clone();
        flipped[at] ^= (byte)(1 << bit);
        return flipped;
    }
}
