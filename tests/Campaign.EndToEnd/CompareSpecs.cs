using System.Text.Json.Nodes;
using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>Two sweeps held against each other through the built program.</summary>
public sealed class CompareSpecs
{
    [Fact]
    public async Task Two_choices_of_a_sweep_are_compared_as_text_json_and_page_and_judged_by_gates()
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());
        string[] sides = ["compare", "quickstart:neighbour=false", "latest:neighbour=true", "--as", "alone,beside"];

        var text = await CampaignProcess.RunAsync(folder.Path, sides);
        var json = await CampaignProcess.RunAsync(folder.Path, [.. sides, "--format", "json"]);
        var page = await CampaignProcess.RunAsync(folder.Path, [.. sides, "--format", "html", "--output", Path.Combine(folder.Path, "both.html")]);
        var held = await CampaignProcess.RunAsync(folder.Path, [.. sides, "--rule", "compare side beside vs alone : p50 no-worse-than +1000% at 95%"]);
        var broken = await CampaignProcess.RunAsync(folder.Path, [.. sides, "--rule", "compare side beside vs alone : p50 lower-by 1000x at 95%"]);

        Assert.True(text.Code == 0, text.ToString());
        Assert.StartsWith("beside against alone\nWhat differs between alone and beside, everything else equal?", text.Out, StringComparison.Ordinal);
        Assert.Contains("They differ in neighbour false and true.", text.Out, StringComparison.Ordinal);
        Assert.Contains("matched cells. Latency in µs", text.Out, StringComparison.Ordinal);
        Assert.Equal("beside against alone", (string?)JsonNode.Parse(json.Out)!["title"]);
        Assert.Contains("Effect of side", await File.ReadAllTextAsync(page.Out.Trim(), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Contains("Gate pass:", held.Out, StringComparison.Ordinal);
        Assert.Equal(0, held.Code);
        Assert.Contains("Gate fail:", broken.Out, StringComparison.Ordinal);
        Assert.Equal(5, broken.Code);
    }

    [Theory]
    [InlineData(2, "Both sides hold the same trials.", "latest", "latest")]
    [InlineData(2, "The axis 'neighbour' has no value 'maybe'", "latest:neighbour=maybe", "latest")]
    [InlineData(7, "nothing", "nothing", "latest")]
    [InlineData(2, "are no two names", "latest:neighbour=true", "latest:neighbour=false", "--as", "x")]
    public async Task What_cannot_be_compared_is_said_and_nothing_is_printed(int code, string message, params string[] arguments)
    {
        using var folder = new TempFolder();
        var run = await CampaignProcess.RunAsync(folder.Path, "run", "sweeps/quickstart.lua", "--testbed", "simulated");
        Assert.True(run.Code == 0, run.ToString());

        var compared = await CampaignProcess.RunAsync(folder.Path, ["compare", .. arguments]);

        Assert.Equal(code, compared.Code);
        Assert.Empty(compared.Out);
        Assert.Contains(message, compared.Error, StringComparison.Ordinal);
    }
}
