using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Rendering;
using Campaign.Tests.Planning;
using Campaign.Topology;
using Campaign.Units;
using Xunit;

namespace Campaign.Tests.Rendering;

public sealed class TrialRendererSpecs
{
    private static readonly Axis Rate = Define.Axis("rate", 1, 2);

    [Fact]
    public void Every_trial_gets_the_files_of_its_cell_and_configure_is_asked_once_per_cell()
    {
        var asked = 0;
        var rendered = Render(Define.Campaign(Rate) with
        {
            Repeats = 3,
            Configure = (c, _) =>
            {
                asked++;
                return [new HostFile("loadgen", "/b", $"rate {c["rate"]}"), new HostFile("dut", "/z", "same"), new HostFile("dut", "/a", "same")];
            },
        });

        Assert.Equal(2, asked);
        Assert.Equal(6, rendered.Length);
        Assert.All(rendered, r => Assert.Equal(["dut /a", "dut /z", "loadgen /b"], r.Files.Select(f => $"{f.Host} {f.Path}")));
        Assert.All(rendered, r => Assert.Equal($"rate {r.Cell["rate"]}", r.Files[2].Content));
        Assert.Equal(2, rendered.Select(r => r.Inputs).Distinct().Count());
    }

    [Fact]
    public void Configure_is_told_the_cores_of_the_node()
    {
        var rendered = Render(Define.Campaign() with { Configure = (_, input) => [new HostFile("dut", "/a", input.Node["packet_cores"].ToString())] });
        Assert.Equal("2-3", Assert.Single(Assert.Single(rendered).Files).Content);
    }

    [Fact]
    public void All_mistakes_are_told_together_each_with_its_cells()
    {
        var where = new SourceSpan("templates/x.sbn", 3, 7);
        var error = Assert.Throws<CampaignException>(() => Render(Define.Campaign(Rate, Define.Axis("kernel", "nohz", "rt")) with
        {
            Order = TrialOrder.AsWritten,
            Configure = (c, _) => c["rate"] == Value.Of(1)
                ? throw new CampaignException([new Diagnostic(DiagnosticSeverity.Error, where, "The template is not given 'x'.")])
                : [new HostFile("dud", "/etc/../passwd", "")],
        }));

        Assert.Equal(
            """
            templates/x.sbn(3,7): error: The template is not given 'x'. (cell rate=1,kernel=nohz and 1 more)
            campaigns/sweeps/base.lua: error: 'configure' puts a file on the host 'dud', which the testbed 'virtual' does not have. It has dut, loadgen, timestamper. (cell rate=2,kernel=nohz and 1 more)
            campaigns/sweeps/base.lua: error: 'configure' names the path '/etc/../passwd' on 'dud', which does not name a file or leads upwards. (cell rate=2,kernel=nohz and 1 more)
            """,
            error.Message);
    }

    [Fact]
    public void Inputs_change_with_what_reaches_a_host_with_parameters_and_with_code_and_with_nothing_else()
    {
        var definition = Define.Campaign() with { Configure = (_, _) => [new HostFile("dut", "/a", "content")] };
        var inputs = Inputs(definition);

        Assert.Equal(inputs, Inputs(definition with { Title = "Another", Seed = 5, Repeats = 2 }));
        Assert.NotEqual(inputs, Inputs(definition with { Configure = (_, _) => [new HostFile("dut", "/a", "content.")] }));
        Assert.NotEqual(inputs, Inputs(definition with { Configure = (_, _) => [new HostFile("dut", "/b", "content")] }));
        Assert.NotEqual(inputs, Inputs(definition with { Boot = _ => ImmutableSortedDictionary<string, BootRequest>.Empty.Add("dut", new BootRequest("trixie", null, null)) }));
        Assert.NotEqual(inputs, Inputs(definition with { Parameters = [] }));
        Assert.NotEqual(inputs, Inputs(definition with { Code = Digest.Of("other") }));
    }

    private static Digest Inputs(CampaignDefinition definition) => Render(definition)[0].Inputs;

    private static ImmutableArray<RenderedTrial> Render(CampaignDefinition definition)
    {
        var plan = Planner.Plan(definition);
        return TrialRenderer.Render(definition, plan, plan.Trials, BlueprintBuilder.Build(definition.Testbed, [0, 1, 2, 3]));
    }
}
