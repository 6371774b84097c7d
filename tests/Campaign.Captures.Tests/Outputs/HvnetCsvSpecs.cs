using System.Globalization;
using Campaign.Captures.Outputs;
using Campaign.Testing;
using Xunit;

namespace Campaign.Captures.Tests.Outputs;

public sealed class HvnetCsvSpecs
{
    [Fact]
    public void The_nine_files_agree_with_each_other_and_with_the_pair()
    {
        var evaluation = CapturePair.EvaluateBoth(
            TestData.Path("captures/l2fwd-hw-pre.pcap.zst"), TestData.Path("captures/l2fwd-hw-post.pcap.zst"),
            new EvaluationOptions { Identity = PacketIdentity.Hvnet }, TestContext.Current.CancellationToken);

        var files = HvnetCsv.Files(evaluation).ToDictionary(file => file.Suffix, file => Rows(file.Content));

        Assert.Equal(9, files.Count);
        Assert.Equal(300_000, Sum(files[".bucket_size100.trim_ms0.hist.csv"]));
        Assert.Equal(299_999, Sum(files[".bucket_size100.trim_ms0.jitterpre.csv"]));
        Assert.Equal(299_999, Sum(files[".bucket_size100.trim_ms0.jitterpost.csv"]));
        Assert.Equal(300_000, Sum(files[".trim_ms0.packetratepre.csv"]));
        Assert.Equal(300_000, Sum(files[".trim_ms0.packetratepost.csv"]));
        Assert.Equal(["300000", "300000", "1.00000000000000000000"], files[".trim_ms0.transferrate.csv"][0][..3]);
        Assert.Equal(["300000", "300000", "300000", "300000"], files[".trim_ms0.stats.csv"][0]);
        Assert.Equal(["0.5", "3137", "2.0000000000000000"], files[".trim_ms0.percentiles.csv"].Single(row => row[0] == "0.5"));
        Assert.Equal(File.ReadLines(TestData.Path("percentiles275.txt")), files[".trim_ms0.percentiles.csv"].Select(row => row[0]));
        var worst = files[".trim_ms0.num_worst5000.worst.csv"];
        Assert.Equal((5000, "13550"), (worst.Length, worst[0][0]));
        Assert.StartsWith("0800450000", worst[0][3], StringComparison.Ordinal);
        Assert.Equal(13550, long.Parse(worst[0][2], CultureInfo.InvariantCulture) - long.Parse(worst[0][1], CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Worst_packets_that_overlap_in_time_are_one_stall()
    {
        var stalls = Stall.Find([new(100, 0, 100, ""), new(90, 20, 110, ""), new(50, 105, 155, ""), new(60, 200, 260, ""), new(5, 210, 215, "")], threshold: 50);

        Assert.Equal([new Stall(0, 155, 100, 3), new Stall(200, 260, 60, 1)], stalls);
    }

    private static string[][] Rows(string content) => [.. content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => line.Split(','))];

    private static long Sum(string[][] rows) => rows.Sum(row => long.Parse(row[1], CultureInfo.InvariantCulture));
}
