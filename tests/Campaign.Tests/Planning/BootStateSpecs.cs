using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class BootStateSpecs
{
    private static readonly Axis Kernel = Define.Axis("kernel", "nohz", "rt");

    [Fact]
    public void Equal_answers_share_a_boot_state()
    {
        var plan = Planner.Plan(Define.Campaign(Kernel, Define.Axis("rate", 1, 2, 3)) with { Boot = Define.BootByAxes });
        Assert.Equal(2, plan.BootStates.Length);
        Assert.All(plan.BootStates, s => Assert.Matches("^[0-9a-f]{10}$", s.Id));
    }

    [Fact]
    public void A_campaign_that_boots_nothing_leaves_the_hosts_as_they_are()
    {
        var plan = Planner.Plan(Define.Campaign(Kernel));
        Assert.Equal("asis", Assert.Single(plan.BootStates).Id);
        Assert.Equal(0, plan.Boots);
    }

    [Fact]
    public void Asking_for_what_runs_is_asking_for_nothing()
    {
        var plan = Planner.Plan(Define.Campaign(Define.Axis("kernel", "running")) with
        {
            Testbed = Define.Testbed("local"),
            Boot = c => Boot("dut", new BootRequest("running", c["kernel"].ToString(), "")),
        });
        Assert.Equal("asis", Assert.Single(plan.BootStates).Id);
    }

    [Fact]
    public void A_kernel_that_the_testbed_cannot_boot_is_an_error_that_names_axis_and_drivers()
    {
        var error = Assert.Throws<CampaignException>(() =>
            Planner.Plan(Define.Campaign(Kernel) with { Testbed = Define.Testbed("local"), Boot = Define.BootByAxes }));

        Assert.Equal(
            "campaigns/sweeps/base.lua(5,1): error: Axis 'kernel' asks for the kernel 'nohz', which the testbed 'local' (driver local) cannot boot. It has running. (cell kernel=nohz)",
            error.Diagnostics[0].ToString());
        Assert.Equal(2, error.Diagnostics.Length);
        Assert.Contains("virtual, ssh and pos", error.Diagnostics[0].Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_command_line_needs_a_testbed_that_can_change_it()
    {
        var definition = Define.Campaign() with { Boot = _ => Boot("dut", new BootRequest(null, null, "nohz=on")) };
        Assert.Single(Planner.Plan(definition).BootStates);
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(definition with { Testbed = Define.Testbed("local") }));
        Assert.Contains("asks for a kernel command line, which the driver 'local'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_host_that_is_not_there_is_an_error()
    {
        var error = Assert.Throws<CampaignException>(() =>
            Planner.Plan(Define.Campaign() with { Boot = _ => Boot("dud", new BootRequest("trixie", null, null)) }));
        Assert.Contains("names the host 'dud', which the testbed 'virtual' does not have. It has dut, loadgen, timestamper.", error.Message, StringComparison.Ordinal);
    }

    private static ImmutableSortedDictionary<string, BootRequest> Boot(string host, BootRequest request) =>
        ImmutableSortedDictionary<string, BootRequest>.Empty.Add(host, request);
}
