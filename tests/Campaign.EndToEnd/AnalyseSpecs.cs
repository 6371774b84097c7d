using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

public sealed class AnalyseSpecs
{
    // Published tables of the low-latency artefacts, nanoseconds: N, p50, p90, p99, p99.9, p99.99, p99.999, p99.9999, max.
    public static TheoryData<string, string, string> Published => new()
    {
        { "hw", "300000 3137 3174 3362 7650 12462 13325 13550 13550", "289992 3137 3174 3362 7712 12162 13412 13550 13550" },
        { "vm", "300000 3338 3562 3987 14725 17375 18937 19150 19150", "289992 3338 3562 3975 14725 17562 19000 19150 19150" },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public async Task The_published_rows_come_out_exactly(string set, string all, string filtered)
    {
        var ended = await AnalyseAsync(set);

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Equal(all, Row(ended.Out, "all"));
        Assert.Equal(filtered, Row(ended.Out, "filtered"));
        Assert.Contains("300000 matched", ended.Out, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Published))]
    public async Task The_published_rows_come_out_exactly_as_json(string set, string all, string filtered)
    {
        var ended = await AnalyseAsync(set, "--json");

        var json = JsonNode.Parse(ended.Out)!;
        Assert.Equal(300000, (int)json["matched"]!);
        Assert.Equal(all, Row(json["latency_ns"]!));
        Assert.Equal(filtered, Row(json["latency_filtered_ns"]!));
    }

    private static Task<Ended> AnalyseAsync(string set, params string[] options) => CampaignProcess.RunAsync(
        null, ["analyse", TestData.Path($"captures/l2fwd-{set}-pre.pcap.zst"), TestData.Path($"captures/l2fwd-{set}-post.pcap.zst"), .. options]);

    private static string Row(string output, string name) =>
        string.Join(' ', output.Split('\n').Single(l => l.StartsWith(name + " ", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);

    private static string Row(JsonNode row) => string.Join(
        ' ', new[] { "count", "p50", "p90", "p99", "p99.9", "p99.99", "p99.999", "p99.9999", "max" }.Select(k => row[k]!.ToString()));
}
