using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

public sealed class CommandLineSpecs
{
    [Theory]
    [InlineData("run")]
    [InlineData("resume")]
    [InlineData("plan")]
    [InlineData("check")]
    [InlineData("render")]
    [InlineData("list")]
    [InlineData("show")]
    [InlineData("analyse")]
    [InlineData("report")]
    [InlineData("merge")]
    [InlineData("import")]
    [InlineData("gate")]
    [InlineData("query")]
    public async Task Every_verb_has_a_help_with_an_example(string verb)
    {
        var ended = await CampaignProcess.RunAsync(null, verb, "--help");

        Assert.True(ended.Code == 0, ended.ToString());
        Assert.Contains($"  campaign {verb}", ended.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_version_names_the_commit()
    {
        var ended = await CampaignProcess.RunAsync(null, "--version");

        Assert.Matches(@"^campaign \d+\.\d+\.\d+ \([0-9a-f]{10}\)\n$", ended.Out);
    }

    [Theory]
    [InlineData("--only 'bogus=1'", "run", "sweeps/quickstart.lua", "--only", "bogus=1")]
    [InlineData("an unknown verb", "measure")]
    [InlineData("a bad shard", "run", "sweeps/quickstart.lua", "--shard", "5/4")]
    [InlineData("a setting without value", "run", "sweeps/quickstart.lua", "--set", "duration")]
    public async Task A_mistake_on_the_command_line_is_said_and_exits_2(string mistake, params string[] arguments)
    {
        using var folder = new TempFolder();

        var ended = await CampaignProcess.RunAsync(folder.Path, arguments);

        Assert.True(ended.Code == 2, $"{mistake}: {ended}");
        Assert.StartsWith("error: ", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_mistakes_are_reported_at_once_each_with_its_line()
    {
        using var folder = new TempFolder();
        var file = folder.Write(
            "five.lua",
            """
            campaign { name = "five", testbd = "dry", testbed = "dry" }
            axis("kernel", {})
            axis("rate", { 1000, 1000 })
            repeats(0)
            zip("kernel", "os")
            measure(function(c, tb) return traffic { rate = c.rate, duration = 1 } end)
            """);

        var ended = await CampaignProcess.RunAsync(folder.Path, "check", file);

        Assert.True(ended.Code == 3, ended.ToString());
        foreach (var line in Enumerable.Range(1, 5))
        {
            Assert.Contains($"five.lua({line},", ended.Error, StringComparison.Ordinal);
        }
    }
}
