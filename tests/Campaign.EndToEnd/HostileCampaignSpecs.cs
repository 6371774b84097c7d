using Campaign.Testing;
using Xunit;

namespace Campaign.EndToEnd;

/// <summary>Campaigns that misbehave end with a message that names the line, and the program with its exit code.</summary>
public sealed class HostileCampaignSpecs
{
    private const string Head = "campaign { name = 'hostile', testbed = 'simulated' }\naxis('rate', { 1000 })\n";

    [Theory]
    [InlineData("while true do end", 3)]
    [InlineData("local t = {} for i = 1, math.huge do t[i] = ('x'):rep(1000) .. i end", 3)]
    [InlineData("local function f() return 1 + f() end f()", 3)]
    [InlineData("string.rep('x', 10000000000)", 3)]
    public async Task A_file_that_never_ends_is_ended_within_its_limits(string code, int line)
    {
        using var folder = new TempFolder();
        var file = folder.Write("hostile.lua", Head + code + "\nmeasure(function(c, tb) return traffic { rate = c.rate, size = 64, duration = 1 } end)\n");

        var ended = await CampaignProcess.RunAsync(folder["results"], "check", file);

        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains($"hostile.lua({line},", ended.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("internal error", ended.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("return 42")]
    [InlineData("return { dut = 7 }")]
    [InlineData("return { dut = { kernle = 'rt' } }")]
    [InlineData("error({})")]
    public async Task Rubbish_from_boot_is_named_with_its_line(string body)
    {
        using var folder = new TempFolder();
        var file = folder.Write("hostile.lua", $"{Head}boot(function(c) {body} end)\nmeasure(function(c, tb) return traffic {{ rate = c.rate, size = 64, duration = 1 }} end)\n");

        var ended = await CampaignProcess.RunAsync(folder["results"], "plan", file);

        Assert.True(ended.Code == 3, ended.ToString());
        Assert.Contains("hostile.lua(3,", ended.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_coroutine_that_throws_in_pcall_in_parallel_fails_its_trial_with_the_line()
    {
        using var folder = new TempFolder();
        var file = folder.Write(
            "hostile.lua",
            $$"""
            {{Head}}measure(function(c, tb)
              parallel {
                function() sleep(0) end,
                function()
                  local ok, e = pcall(function() coroutine.wrap(function() sleep(0) error("deep down") end)() end)
                  error("caught: " .. tostring(e), 0)
                end,
              }
            end)
            """);

        var ended = await CampaignProcess.RunAsync(folder["results"], "run", file);

        Assert.True(ended.Code == 4, ended.ToString());
        Assert.Contains("hostile.lua:7", ended.Error.Replace("hostile.lua(7", "hostile.lua:7", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("deep down", ended.Error, StringComparison.Ordinal);
    }
}
