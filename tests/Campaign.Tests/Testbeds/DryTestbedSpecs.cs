using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Testbeds;

public sealed class DryTestbedSpecs
{
    [Fact]
    public async Task Says_everything_and_does_nothing()
    {
        var token = TestContext.Current.CancellationToken;
        using var scene = new Scene("dry");
        await using var testbed = scene.Open();
        Assert.Equal((true, false), (testbed.Simulated, testbed.Measures));

        await testbed.BootAsync(
            new BootState("b", ImmutableSortedDictionary<string, BootRequest>.Empty.Add("dut", new BootRequest("trixie", "rt", "isolcpus=1-3"))), BootNeed.State, token);
        await using var session = await testbed.BeginAsync(scene.Trial(cell: ("kernel", Value.Of("rt"))), token);
        var blueprint = new Campaign.Topology.Blueprint("forwarder", "machine", [0], [1, 2, 3], [2, 3], [], Shared: false);
        await session.WriteAsync("dut", "/etc/lxc/config", new byte[120], token);
        await session.RunAsync("dut", "lxc-start -n forwarder", token);
        await session.ForwardAsync("dut", new ForwardOptions(null, Isolation: true, RealtimeWish.Try), blueprint, token);
        await session.DisturbAsync("dut", new DisturbOptions(1, Recorder: DisturbOptions.Host), blueprint, token);
        var outcome = await session.TrafficAsync(new TrafficOptions(1.52e6, 64, TimeSpan.FromSeconds(10), 1), blueprint, token);

        Assert.Equal(("", "", 15_200_000), (outcome.Pre, outcome.Post, outcome.Intended));
        Assert.Empty(Directory.EnumerateFiles(scene.Folder.Path, "*", SearchOption.AllDirectories));
        Snapshot.Match(string.Join('\n', scene.Printed));
    }

    [Fact]
    public async Task A_host_that_the_testbed_lacks_is_named()
    {
        using var scene = new Scene("dry");
        await using var testbed = scene.Open();
        await using var session = await testbed.BeginAsync(scene.Trial(), TestContext.Current.CancellationToken);
        var missing = await Assert.ThrowsAsync<TestbedException>(() => session.RunAsync("moon", "true", TestContext.Current.CancellationToken));
        Assert.Equal("The testbed 'here' has no host and no role 'moon'. It has machine.", missing.Message);
    }
}
