using Campaign.Definition;
using Campaign.Diagnostics;
using Xunit;

namespace Campaign.Tests.Definition;

public sealed class LanguageSpecs : IDisposable
{
    private readonly Desk _desk = new();

    public void Dispose() => _desk.Dispose();

    [Fact]
    public void A_campaign_says_what_it_is()
    {
        using var definition = _desk.Load(
            """
            campaign { name = "full", title = "Everything", question = "Does it work?", testbed = "bed", limits = { setup = 5 } }
            param("duration", 10, "seconds")
            axis("kernel", testbed.kernels)
            axis("rate", { 1000, 2.5e3 }, { unit = "pkt/s", default = 1000 })
            axis("depth", { 1, 2 }, { only = function(c) return c.kernel == "rt" end })
            derive("load", function(c) return c.rate * param.duration end)
            exclude(function(c) return c.kernel == "rt" and c.rate > 2000 end, "too fast")
            repeats(3)
            order("random", { seed = 7 })
            latency { identity = "hvnet", trim = 0.5, worst = 100, captures = "delete" }
            configure(function(c, node) return { dut = { ["/etc/x"] = node.cores } } end)
            measure(function(c, tb) end)
            report { baseline = { kernel = "stock" }, compare = { "kernel" }, rate_tolerance = 0.1 }
            gate [[
              where kernel=rt : p99.999 < 2ms at 95%   # a comment
              where *         : loss <= 0.1%
            ]]
            """);

        Assert.Equal(("full", "Everything", "Does it work?", 3, TrialOrder.Random, 7L), (definition.Name, definition.Title, definition.Question, definition.Repeats, definition.Order, definition.Seed!.Value));
        Assert.Equal(["kernel", "rate", "depth"], definition.Axes.Select(a => a.Name));
        Assert.Equal([Value.Of(1000), Value.Of(2500.0)], definition.Axes[1].Values);
        Assert.Equal(TimeSpan.FromSeconds(5), definition.Limits.Setup);
        Assert.Equal((500_000_000, 100, "delete"), (definition.Latency.TrimNanoseconds, definition.Latency.Worst, definition.Latency.Captures));
        Assert.Equal([(15, 2e6, 0.95), (16, 0.001, null)], definition.Gates.Select(g => (g.Where.Line, g.Bound, g.Confidence)));
        var cell = new Cell(["kernel", "rate", "depth"], [Value.Of("rt"), Value.Of(1000), Value.Of(1)]);
        Assert.Equal(Value.Of(10000), definition.Derived[0].Compute(cell));
        Assert.False(definition.Exclusions[0].Excludes(cell));
        Assert.True(definition.Axes[2].Only!(cell));
        Assert.Equal([new HostFile("dut", "/etc/x", "1-3")], definition.Configure!(cell, new ConfigureInput(new Value.Map([KeyValuePair.Create("cores", Value.Of("1-3"))]))));
    }

    [Fact]
    public void All_mistakes_are_reported_each_with_its_line()
    {
        var mistakes = _desk.Mistakes(
            """
            campaign { name = "five", titel = "x", testbed = "bed" }
            axis("kernel", {})
            axis("rate", { 1000, 1e3 })
            repeats(0)
            zip("kernel", "os")
            exclude(function(c) return true end)
            setpu(1)
            gate "where nothing=1 : p99 < 2ms"
            measure(function(c, tb) end)
            """);

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], mistakes.Select(m => m.Split(':')[0]).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains("1: campaign has no option 'titel'; did you mean 'title'?", mistakes);
        Assert.Contains("3: The axis 'rate' has the value 1000 twice.", mistakes);
        Assert.Contains("7: There is no global 'setpu'; did you mean 'setup'?", mistakes);
    }

    [Theory]
    [InlineData("flows", true)]
    [InlineData("payload:0+8", true)]
    [InlineData("frame:30+4&ffffff0f", true)]
    [InlineData("payload", false)]
    public void An_identity_is_a_name_or_bytes(string identity, bool good)
    {
        var mistakes = _desk.Mistakes($"campaign {{ testbed = 'bed' }}\naxis('a', {{ 1 }})\nmeasure(function() end)\nlatency {{ identity = '{identity}' }}");

        Assert.Equal(good ? 0 : 1, mistakes.Count(m => m.StartsWith("4: 'identity' must be one of ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_syntax_error_names_its_line() =>
        Assert.StartsWith("2: ", Assert.Single(_desk.Mistakes("campaign { name = 'x', testbed = 'bed' }\naxis('rate', { 1, 2 }}\n")), StringComparison.Ordinal);

    [Fact]
    public void Settings_are_converted_to_the_type_of_the_default()
    {
        const string Text = "campaign { testbed = 'bed' }\nparam('n', 1)\nparam('f', true)\nparam('s', 'x')\naxis('a', { 1 })\nmeasure(function() end)";

        using var definition = _desk.Load(Text, null, ("n", "30"), ("f", "false"), ("s", "7"));

        Assert.Equal([Value.Of(30), Value.Of(false), Value.Of("7")], definition.Parameters.Select(p => p.Value));
        Assert.Equal(ExitCode.Usage, Assert.Throws<CampaignException>(() => _desk.Load(Text, null, ("n", "many"))).Code);
        Assert.Contains("It has n, f, s.", Assert.Throws<CampaignException>(() => _desk.Load(Text, null, ("m", "1"))).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("boot(function(c) return { one = { kernel = 'none' } } end)", "cannot boot the kernel 'none'")]
    [InlineData("boot(function(c) return { one = { kernel = c.nothing } } end)", "the cell has no axis 'nothing'; it has rate")]
    [InlineData("boot(function(c) c.rate = 1 end)", "a cell cannot be changed")]
    [InlineData("boot(function(c) return traffic { rate = 1, duration = 1 } end)", "'traffic' acts on the testbed; call it in setup, measure or teardown")]
    [InlineData("boot(function(c) axis('late', { 1 }) end)", "'axis' declares something and belongs at the top level of the file")]
    public void A_pure_function_that_fails_names_line_and_cell(string boot, string message)
    {
        using var definition = _desk.Load(Desk.Head + boot + Desk.Tail);

        var diagnostic = Assert.Single(Assert.Throws<CampaignException>(() => definition.Boot!(new Cell(["rate"], [Value.Of(1000)]))).Diagnostics);

        Assert.Equal(3, diagnostic.Where!.Value.Line);
        Assert.Contains(message, diagnostic.Message, StringComparison.Ordinal);
        Assert.Contains("for rate=1000", diagnostic.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_code_digest_sees_what_the_code_does_and_nothing_else()
    {
        using var plain = _desk.Load(Desk.Head + "setup(function(c, tb) sleep(1) end)" + Desk.Tail);
        using var cosmetic = _desk.Load(Desk.Head + "-- a comment\nsetup(function(cell, beds)\n\n   sleep( 1 )\nend)" + Desk.Tail);
        using var changed = _desk.Load(Desk.Head + "setup(function(c, tb) sleep(2) end)" + Desk.Tail);

        Assert.Equal(plain.Code, cosmetic.Code);
        Assert.NotEqual(plain.Code, changed.Code);
    }

    [Fact]
    public void Modules_come_from_lib_and_from_beside_the_file()
    {
        _desk.Write("campaigns/lib/rates.lua", "return { 10, 20 }");
        _desk.Write("campaigns/beside.lua", "return 3");

        using var definition = _desk.Load("campaign { testbed = 'bed' }\naxis('rate', require 'rates')\nrepeats(require 'beside')" + Desk.Tail);

        Assert.Equal(2, definition.Axes[0].Values.Length);
        Assert.Equal(3, definition.Repeats);
        Assert.Equal(3, definition.SourceFiles.Length);
    }

    [Fact]
    public void Pairs_goes_by_sorted_keys()
    {
        using var definition = _desk.Load(
            "campaign { testbed = 'bed' }\nlocal order = {}\nfor k in pairs { zeta = 1, alpha = 2, mid = 3, [2] = 4, [1] = 5 } do order[#order + 1] = tostring(k) end\naxis('order', order)"
            + "\nmeasure(function() end)");

        Assert.Equal("1,2,alpha,mid,zeta", string.Join(',', definition.Axes[0].Values));
    }
}
