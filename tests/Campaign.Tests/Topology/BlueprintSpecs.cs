using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Tests.Planning;
using Campaign.Topology;
using Xunit;

namespace Campaign.Tests.Topology;

public sealed class BlueprintSpecs
{
    [Theory]
    [InlineData(1, "0", "0", "0", "", true)]
    [InlineData(2, "0", "1", "1", "", false)]
    [InlineData(3, "0", "1-2", "2", "", false)]
    [InlineData(4, "0", "1-3", "2-3", "", false)]
    [InlineData(26, "0", "1-3", "2-3", "", false)]
    public void A_device_under_test_of_its_own_keeps_house_on_the_first_core(
        int cpus, string house, string node, string packets, string loads, bool shared) =>
        AssertLayout(Define.Testbed(), cpus, house, node, packets, loads, shared);

    [Theory]
    [InlineData(1, "0", "0", "0", "0", true)]
    [InlineData(2, "0", "1", "1", "0", false)]
    [InlineData(3, "0", "1", "1", "2", false)]
    [InlineData(4, "0", "1", "1", "2-3", false)]
    [InlineData(5, "0", "1-2", "2", "3-4", false)]
    [InlineData(6, "0", "1-3", "2-3", "4-5", false)]
    [InlineData(26, "0", "1-3", "2-3", "4-5", false)]
    public void A_machine_that_also_makes_the_load_gives_it_cores_of_its_own_once_the_forwarder_has_one(
        int cpus, string house, string node, string packets, string loads, bool shared) =>
        AssertLayout(Define.Testbed("local", Define.Host("here", "loadgen", "dut", "timestamper")), cpus, house, node, packets, loads, shared);

    [Fact]
    public void The_cores_that_the_testbed_names_come_before_those_that_were_found()
    {
        var blueprint = BlueprintBuilder.Build(Define.Testbed("ssh", Define.Host("dut", "dut") with { Cpus = [8, 9, 10, 11] }), [0, 1]);
        Assert.Equal("9-11", CpuList.Format(blueprint.NodeCpus));
        Assert.Equal([8], blueprint.Housekeeping);
    }

    [Fact]
    public void Cores_that_this_machine_lacks_are_an_error()
    {
        var testbed = Define.Testbed("local", Define.Host("here", "dut") with { Cpus = [0, 6, 7] });
        var error = Assert.Throws<CampaignException>(() => BlueprintBuilder.Build(testbed, [0, 1]));
        Assert.Contains("names the CPUs 6-7 of 'here', but this process may use only 0-1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_testbed_needs_a_device_under_test_with_known_cores()
    {
        Assert.Contains("role 'dut'", Assert.Throws<CampaignException>(() => BlueprintBuilder.Build(Define.Testbed("ssh", Define.Host("a", "loadgen")), [0])).Message, StringComparison.Ordinal);
        Assert.Contains("not known", Assert.Throws<CampaignException>(() => BlueprintBuilder.Build(Define.Testbed(), [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Templates_see_it_as_lists_of_the_kernel() => Assert.Equal(
        """{"cores":"1-3","host":"dut","host_cores":"0","load_cores":"","name":"forwarder","packet_cores":"2-3","packet_count":2,"service_cores":"1","shared":false}""",
        BlueprintBuilder.Build(Define.Testbed(), [0, 1, 2, 3]).ToValue().Canonical);

    private static void AssertLayout(TestbedDefinition testbed, int cpus, string house, string node, string packets, string loads, bool shared)
    {
        var blueprint = BlueprintBuilder.Build(testbed, [.. Enumerable.Range(0, cpus)]);
        ImmutableArray<ImmutableArray<int>> parts = [blueprint.Housekeeping, blueprint.NodeCpus, blueprint.PacketCpus, blueprint.LoadCpus];
        Assert.Equal([house, node, packets, loads], parts.Select(p => CpuList.Format(p)));
        Assert.Equal(shared, blueprint.Shared);
    }
}
