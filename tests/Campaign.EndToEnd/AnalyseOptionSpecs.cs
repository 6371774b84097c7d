using System.Text.Json.Nodes;
using Campaign.Captures;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>What <c>analyse</c> can be asked for, with captures whose latencies are known because they were made.</summary>
public sealed class AnalyseOptionSpecs
{
    [Theory]
    [InlineData("--identity", "ports")]
    [InlineData("--identity", "payload:0+0")]
    [InlineData("--format", "csv")]
    [InlineData("--threads", "0")]
    [InlineData("--memory", "0")]
    [InlineData("--worst", "-1")]
    [InlineData("--trim", "-1")]
    [InlineData("--window", "NaN")]
    [InlineData("--stalls", "-5")]
    [InlineData("--percentiles", "101")]
    [InlineData("--percentiles", "50,x")]
    [InlineData("--temp", "/dev/null")]
    [InlineData("--tag", "a")]
    [InlineData("--until-quiet", "1")]
    [InlineData("--trim", "1", "--hvnet", "/tmp")]
    [InlineData("--watch", "--interval", "0")]
    public async Task A_wrong_option_is_a_usage_error_that_names_it(params string[] options)
    {
        var ended = await CampaignProcess.RunAsync(null, ["analyse", "a.pcap", "b.pcap", .. options]);

        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Equal("", ended.Out);
        Assert.Contains(options[0] == "--percentiles" ? "percentile" : options[0] == "--watch" ? "--interval" : options[0].TrimStart('-'), ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Captures_of_two_measurements_whose_ids_match_by_accident_are_told()
    {
        var mixed = await CampaignProcess.RunAsync(null, "analyse", TestData.Path("attribution/tlbshootdown-pre.pcap.zst"), TestData.Path("captures/l2fwd-hw-post.pcap.zst"));
        var whole = await CampaignProcess.RunAsync(null, "analyse", TestData.Path("captures/l2fwd-hw-pre.pcap.zst"), TestData.Path("captures/l2fwd-hw-post.pcap.zst"));

        Assert.Contains("the captures are of two measurements, or of two clocks", mixed.Error, StringComparison.Ordinal);
        Assert.Equal("", whole.Error);
    }

    [Fact]
    public async Task Stalls_are_held_against_a_recording_of_interrupts()
    {
        string[] pair = ["analyse", TestData.Path("attribution/tlbshootdown-pre.pcap.zst"), TestData.Path("attribution/tlbshootdown-post.pcap.zst"), "--interrupts", TestData.Path("attribution/irq-vm.csv")];

        var text = await CampaignProcess.RunAsync(null, pair);
        var json = await CampaignProcess.RunAsync(null, [.. pair, "--json"]);
        var none = await CampaignProcess.RunAsync(null, [.. pair[..4], pair[1]]);

        Assert.Contains("5 stalls in which packets waited together:", text.Out, StringComparison.Ordinal);
        Assert.Contains("The two largest stalls, 10.24 s apart, coincide with TLB shootdowns on CPU 1", text.Out, StringComparison.Ordinal);
        Assert.Contains("The recorder's clock is unrelated to that of the captures", (string)JsonNode.Parse(json.Out)!["interrupts"]![1]!, StringComparison.Ordinal);
        Assert.True(none.Code == 3, none.ToString());
        Assert.Contains("is no recording of interrupts", none.Error, StringComparison.Ordinal);
        Assert.Empty(none.Out);
    }

    [Theory]
    [InlineData("--stalls", "x", "--stalls takes a number, and 'x' is none.")]
    [InlineData("--worst", "2.5", "--worst takes a whole number, and '2.5' is none.")]
    public async Task A_number_that_is_none_is_told_in_words(string option, string value, string said)
    {
        var ended = await CampaignProcess.RunAsync(null, "analyse", "a.pcap", "b.pcap", option, value);

        Assert.True(ended.Code == 2, ended.ToString());
        Assert.StartsWith($"error: {said}\n", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--window", "0.000001", "allow a longer window")]
    [InlineData("--identity", "frame:0+4", "an identity of other bytes")]
    public async Task A_choice_that_matches_nothing_is_told_apart_from_captures_that_do_not_belong_together(string option, string value, string said)
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 1000);

        var ended = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, option, value);

        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains(said, ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-", "-")]
    [InlineData("-", "b.pcap", "--watch")]
    public async Task Standard_input_is_one_stream_that_ends(params string[] arguments)
    {
        var ended = await CampaignProcess.RunAsync(null, ["analyse", .. arguments]);

        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Contains("standard input", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_capture_comes_through_a_pipe_plain_or_packed(bool packed)
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 20_000);
        var behind = packed ? CaptureArchive.Compress(pair.Post) : pair.Post;

        var piped = await CampaignProcess.PipeAsync(behind, "analyse", pair.Pre, "-", "--json");

        var json = JsonNode.Parse(piped.Out)!;
        Assert.Equal("standard input", (string)json["post"]!["path"]!);
        Assert.Equal(packed, ((string)json["post"]!["format"]!).EndsWith(", zstd", StringComparison.Ordinal));
        pair.AssertTold(json);
    }

    [Fact]
    public async Task Random_ids_that_do_not_fit_into_memory_are_told_as_if_they_did()
    {
        using var folder = new TempFolder();
        var temp = Directory.CreateDirectory(folder["temp"]).FullName;
        var pair = new MadePair(folder, 200_000, id => (ulong)(id + 1) * 0x9E3779B97F4A7C15);

        var ended = await CampaignProcess.RunAsync(
            null, "analyse", pair.Pre, pair.Post, "--json", "--identity", "payload:5+8", "--memory", "1", "--temp", temp, "--threads", "1");

        var json = JsonNode.Parse(ended.Out)!;
        Assert.Equal("payload:5+8", (string)json["identity"]!);
        pair.AssertTold(json);
        Assert.Empty(Directory.EnumerateFileSystemEntries(temp));
    }

    [Fact]
    public async Task Flows_are_told_together_and_apart()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 3000, flows: 3);

        var ended = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--json", "--identity", "flows", "--percentiles", "100");

        var json = JsonNode.Parse(ended.Out)!;
        pair.AssertTold(json);
        var flows = json["flows"]!.AsArray();
        Assert.Equal([1024, 1025, 1026], flows.Select(flow => (int)flow!["source_port"]!));
        Assert.Equal(pair.Lost, flows.Sum(flow => (long)flow!["lost"]!));
        Assert.Equal(pair.Matched, flows.Sum(flow => (long)flow!["latency_ns"]!["count"]!));
        Assert.Equal(pair.Longest, flows.Max(flow => (long)flow!["latency_ns"]!["max"]!));
    }

    [Fact]
    public async Task Worst_packets_stalls_seconds_and_gaps_are_told()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 20_000);

        var ended = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--worst", "3", "--stalls", "5.5", "--json");
        var text = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--worst", "3", "--stalls", "5.5");

        var json = JsonNode.Parse(ended.Out)!;
        var worst = json["worst"]!.AsArray();
        Assert.Equal(3, worst.Count);
        Assert.Equal(pair.Longest, (long)worst[0]!["latency"]!);
        Assert.Equal(pair.Longest, (long)worst[0]!["arrived"]! - (long)worst[0]!["sent"]!);
        Assert.All(json["stalls"]!.AsArray(), stall => Assert.InRange((long)stall!["longest"]!, 5500, pair.Longest));
        Assert.NotEmpty(json["stalls"]!.AsArray());
        Assert.Equal([10_000, 10_000], json["seconds"]!.AsArray().Select(second => (int)second!["sent"]!));
        Assert.Equal(pair.Matched, json["seconds"]!.AsArray().Sum(second => (long)second!["latency_ns"]!["count"]!));
        Assert.Equal(100_000, (long)json["gap_pre_ns"]!["p50"]!);
        Assert.Equal(20_000, json["rate_pre"]!.AsArray().Sum(second => (long)second!["packets"]!));
        Assert.Contains("\nworst [ns]", text.Out, StringComparison.Ordinal);
        Assert.Contains("stall [ns]", text.Out, StringComparison.Ordinal);
        Assert.Contains("\ngap [ns]", text.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_for_other_programs_are_written()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 20_000);

        var ended = await CampaignProcess.RunAsync(
            null, "analyse", pair.Pre, pair.Post, "--hgrm", folder["out/a.hgrm"], "--hlog", folder["out/a.hlog"], "--tag", "cell", "--hvnet", folder["hvnet"]);

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains("matched by hvnet", ended.Out, StringComparison.Ordinal);
        var total = $"Total count    = {pair.Matched,12}]";
        Assert.Contains(total, await File.ReadAllTextAsync(folder["out/a.hgrm"], TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(2, File.ReadLines(folder["out/a.hlog"]).Count(line => line.StartsWith("Tag=cell,", StringComparison.Ordinal)));
        Assert.Equal(9, Directory.EnumerateFiles(folder["hvnet"], "pre.pcap.*.csv").Count());
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_is_named()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 1000);

        var ended = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--hgrm", folder.Path);

        Assert.True(ended.Code == 2, ended.ToString());
        Assert.Contains(folder.Path, ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_match_there_are_no_files_of_HVNet()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 1000);
        await using (var post = new FileStream(pair.Post, FileMode.Open))
            post.SetLength(24);

        var ended = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--lenient", "--hvnet", folder["hvnet"]);

        Assert.True(ended.Code == 7, ended.ToString());
        Assert.False(Directory.Exists(folder["hvnet"]));
    }

    [Fact]
    public async Task A_damaged_pair_is_evaluated_when_asked_for_with_a_warning()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 1000);
        await using (var post = new FileStream(pair.Post, FileMode.Open))
            post.SetLength(post.Length - 10);

        var strict = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post);
        var lenient = await CampaignProcess.RunAsync(null, "analyse", pair.Pre, pair.Post, "--lenient", "--json");

        Assert.Equal(3, strict.Code);
        Assert.Equal(0, lenient.Code);
        Assert.Contains("warning: ", lenient.Error, StringComparison.Ordinal);
        Assert.Equal("truncated", (string)JsonNode.Parse(lenient.Out)!["problems"]![0]!["kind"]!);
    }

    [Fact]
    public async Task Captures_that_grow_are_followed_until_an_interrupt_and_then_evaluated()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 4000);
        using var growing = new GrowingPair(pair, folder);
        using var watch = CampaignProcess.Start(null, "analyse", "--watch", "--interval", "0.02", growing.Pre, growing.Post, "--json");
        await watch.SaidAsync("waiting: ");

        growing.GrowTo(0.5);
        await watch.SaidAsync("2000 before, ");
        growing.GrowTo(1);
        await watch.SaidAsync($"4000 before, {pair.Matched} behind, {pair.Matched} matched, {pair.Lost} lost");
        watch.Signal("INT");
        var ended = await watch.EndAsync();

        Assert.True(ended.Code == 0, ended.ToString());
        pair.AssertTold(JsonNode.Parse(ended.Out)!);
    }

    [Fact]
    public async Task Captures_that_got_their_names_are_whole()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 4000);
        using var growing = new GrowingPair(pair, folder, ".part");
        using var watch = CampaignProcess.Start(null, "analyse", "--watch", "--interval", "0.02", growing.Pre, growing.Post, "--json");

        growing.GrowTo(0.3);
        await watch.SaidAsync("1200 before, ");
        growing.GrowTo(1);
        growing.Complete();
        var ended = await watch.EndAsync();

        Assert.True(ended.Code == 0, ended.ToString());
        pair.AssertTold(JsonNode.Parse(ended.Out)!);
    }

    [Theory]
    [InlineData("50", "99.9")]
    [InlineData("50,99.9")]
    public async Task Percentiles_stand_apart_or_behind_commas(params string[] percentiles)
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 4000);

        var ended = await CampaignProcess.RunAsync(null, ["analyse", pair.Pre, pair.Post, "--json", "--percentiles", .. percentiles]);

        Assert.Equal(["p50", "p99.9"], JsonNode.Parse(ended.Out)!["latency_ns"]!.AsObject().Select(p => p.Key).Where(name => name[0] == 'p'));
    }

    [Fact]
    public async Task Captures_that_have_been_quiet_are_whole()
    {
        using var folder = new TempFolder();
        var pair = new MadePair(folder, 4000);

        var ended = await CampaignProcess.RunAsync(null, "analyse", "--watch", "--interval", "0.02", "--until-quiet", "0.05", pair.Pre, pair.Post, "--json");

        pair.AssertTold(JsonNode.Parse(ended.Out)!);
    }
}
