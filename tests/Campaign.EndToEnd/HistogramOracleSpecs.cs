using System.Globalization;
using System.Text.Json.Nodes;
using Campaign.Captures;
using Campaign.Captures.Outputs;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>HdrHistogram's libraries for Java and JavaScript find in our logs every packet in its bin.</summary>
public sealed class HistogramOracleSpecs
{
    private const long Start = 1441812279601;

    /// <summary>The histogram that HdrHistogram's golden file holds.</summary>
    private static readonly LatencyDistribution Golden = new(
        [.. Enumerable.Range(1, 10_000).Select(n => n * 1000L), 100_000_000], [.. Enumerable.Repeat(1L, 10_000), 3]);

    /// <summary>At the edges: nothing, 0, two bins of 1 and one of 2, an hour that must be stated as larger, more packets than 32 bits count.</summary>
    private static readonly LatencyDistribution[] Edges =
    [
        new([], []), new([0], [1]), new([1, 2047, 2048, 2049], [1, 2, 3, 4]), new([5, 7_200_000_000_000], [1, 1]), new([3137, 13_550], [5_000_000_000, 1]),
    ];

    [Theory]
    [InlineData("Java")]
    [InlineData("JavaScript")]
    public async Task The_golden_histogram_and_those_at_the_edges_are_read_from_one_file(string language)
    {
        using var folder = new TempFolder();
        await using (var file = new StreamWriter(folder["edges.hlog"]))
        {
            var start = DateTimeOffset.FromUnixTimeMilliseconds(Start);
            new HistogramLog(file, start, "A", "two series").Write(start, TimeSpan.FromSeconds(1.007), Golden);
            var second = new HistogramLog(file, start);
            foreach (var edge in Edges)
                second.Write(start, TimeSpan.FromSeconds(1), edge);
        }

        var read = await HistogramOracle.ReadAsync(language, folder["edges.hlog"]);

        Assert.Equal([HistogramOracle.Line("A", Start, Start + 1007, Golden), .. Edges.Select(e => HistogramOracle.Line("", Start, Start + 1000, e))], read);
        Assert.StartsWith("A 1441812279601 1441812280608 10003 100007935 5005311 9904127 9994239 100007935: 1000x1 ", read[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Java", "")]
    [InlineData("Java", "kernel=rt")]
    [InlineData("JavaScript", "")]
    [InlineData("JavaScript", "kernel=rt")]
    public async Task Each_second_of_an_analysed_pair_is_read(string language, string tag)
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 25_000);

        await AssertReadAsync(language, pair.Pre, pair.Post, folder["latency.hlog"], tag);
    }

    [Theory]
    [InlineData("Java")]
    [InlineData("JavaScript")]
    public async Task Each_second_of_a_real_pair_is_read(string language)
    {
        using var folder = new TempFolder();

        await AssertReadAsync(
            language, TestData.Path("captures/l2fwd-hw-pre.pcap.zst"), TestData.Path("captures/l2fwd-hw-post.pcap.zst"), folder["latency.hlog"], "");
    }

    private static async Task AssertReadAsync(string language, string pre, string post, string log, string tag)
    {
        var ended = await CampaignProcess.RunAsync(null, ["analyse", pre, post, "--json", "--hlog", log, .. tag.Length == 0 ? Array.Empty<string>() : ["--tag", tag]]);
        Assert.True(ended.Code == 0, ended.ToString());

        var read = await HistogramOracle.ReadAsync(language, log);

        var exact = CapturePair.EvaluateBoth(pre, post, new EvaluationOptions(), TestContext.Current.CancellationToken);
        var start = exact.All.Pre.FirstTimestamp / 1_000_000;
        Assert.Equal(exact.Seconds.Select((second, at) => HistogramOracle.Line(tag, start + (at * 1000), start + ((at + 1) * 1000), second)), read);
        Assert.Equal((long)JsonNode.Parse(ended.Out)!["matched"]!, read.Sum(line => long.Parse(line.Split(' ')[3], CultureInfo.InvariantCulture)));
    }
}
