using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Rendering;

/// <summary>The templates of the project itself, as they render.</summary>
public sealed class ShippedTemplateSpecs
{
    private static readonly TemplateLibrary Library = new(TestData.ProjectRoot, Path.Combine(TestData.ProjectRoot, "campaigns/sweeps/base.lua"));

    [Fact]
    public void The_command_line_of_an_isolated_host_has_every_token_of_the_thesis()
    {
        var line = Library.Render("host/cmdline", Values(("isolated", Value.Of(true)), ("nohz", Value.Of(true)), ("poll", Value.Of(true)), ("cpus", Value.Of("8-10,24-26"))));
        string[] thesis =
        [
            "mce=ignore_ce", "tsc=reliable", "idle=poll", "nohz=on", "audit=0", "amd_iommu=off", "nosmt", "apparmor=0", "nohz_full=8-10,24-26",
            "rcu_nocbs=8-10,24-26", "skew_tick=1", "irqaffinity=0", "intel_pstate=disable", "nmi_watchdog=0", "nosoftlockup", "rcu_nocb_poll",
            "random.trust_cpu=on", "intel_idle.max_cstate=0", "systemd.unified_cgroup_hierarchy=1",
        ];

        Assert.Equal(thesis.Order(StringComparer.Ordinal), line.Split(' ').Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_command_line_of_a_host_without_isolation_is_short() => Assert.Equal(
        "apparmor=0 amd_iommu=off systemd.unified_cgroup_hierarchy=1", Library.Render("host/cmdline", Values(("isolated", Value.Of(false)))));

    [Fact]
    public void A_container_for_dpdk_reads_well() => Snapshot.Match(Library.Render("container/lxc", Values(
        ("name", Value.Of("forwarder")), ("isolation", Value.Of(true)), ("cores", Value.Of("1-3")), ("memory_bytes", Value.Of(4096000000)),
        ("nics", new Value.List([])),
        ("devices", new Value.List([Value.Of("/dev/uio0"), Value.Of("/dev/uio1")])))));

    [Fact]
    public void A_container_with_interfaces_of_the_kernel_reads_well() => Snapshot.Match(Library.Render("container/lxc", Values(
        ("name", Value.Of("forwarder")), ("isolation", Value.Of(false)), ("memory_bytes", Value.Of(4096000000)),
        ("nics", new Value.List([Value.Of("eth1"), Value.Of("eth2")])))));

    [Fact]
    public void A_slice_is_kept_to_its_cpus() => Assert.Equal(
        "[Slice]\nAllowedCPUs=1-2\n", Library.Render("container/slice", Values(("cpus", Value.Of("1-2")))));

    private static Value.Map Values(params (string Name, Value Value)[] entries) =>
        new(entries.Select(e => KeyValuePair.Create(e.Name, e.Value)));
}
