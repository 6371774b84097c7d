using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Topology;

/// <summary>
/// Deals out the CPUs of the device under test by the thesis' layout (sections 5.4.2 and 5.5): the first CPU keeps house for the
/// machine; a forwarder gets three, of which the first keeps house for the node and the other two receive and send. CPUs beyond that stay
/// idle, which is the quietest they can be.
/// </summary>
/// <remarks>
/// Where load generator and timestamper run on the same machine, they get CPUs of their own, two if there are enough, since both
/// are measuring instruments. On a machine with few CPUs the packet CPU comes first: with two, the node has one to itself and everything else
/// shares the other, because a disturbed generator shows as late packets, which are counted, but a disturbed forwarder shows as latency.
/// </remarks>
internal static class BlueprintBuilder
{
    /// <summary>The node of which campaigns speak, until topologies have several.</summary>
    private const string NodeName = "forwarder";

    private const int CpusOfForwarder = 3;
    private const int CpusOfLoad = 2;

    /// <param name="testbed">The testbed; its host with the role <c>dut</c> runs the node.</param>
    /// <param name="cpusOfTheMachine">
    /// CPUs that the driver found on that host, for a testbed file that names none. On the driver <c>local</c> the file's CPUs must be among them.
    /// </param>
    /// <exception cref="CampaignException">No host has the role <c>dut</c>, or its CPUs are not known or not there.</exception>
    public static Blueprint Build(TestbedDefinition testbed, ImmutableArray<int> cpusOfTheMachine)
    {
        var dut = testbed.Hosts.FirstOrDefault(h => h.Roles.Contains("dut"))
            ?? throw Mistake(testbed, "No host of the testbed has the role 'dut'.", "Give one host roles = { \"dut\" }.");
        var loads = testbed.Driver == "local" || dut.Roles.Contains("loadgen") || dut.Roles.Contains("timestamper");
        return Layout(dut.Name, Cpus(testbed, dut, cpusOfTheMachine), loads);
    }

    private static ImmutableArray<int> Cpus(TestbedDefinition testbed, TestbedHost dut, ImmutableArray<int> found)
    {
        var missing = dut.Cpus.Except(found).ToImmutableArray();
        if (testbed.Driver == "local" && !found.IsEmpty && !missing.IsEmpty)
        {
            throw Mistake(
                testbed,
                $"The testbed names the CPUs {CpuList.Format(missing)} of '{dut.Name}', but this process may use only {CpuList.Format(found)}.",
                "Correct the host's cpus, or leave them out to use all that are there.");
        }

        var cpus = dut.Cpus.IsEmpty ? found : dut.Cpus;
        return cpus.IsEmpty
            ? throw Mistake(testbed, $"The CPUs of '{dut.Name}' are not known.", "Name them in the testbed file, for example cpus = \"0-7\".")
            : [.. cpus.Distinct().Order()];
    }

    /// <param name="host">The machine.</param>
    /// <param name="cpus">Its CPUs, ascending, at least one.</param>
    /// <param name="loads">Whether load generator and timestamper run there, too.</param>
    private static Blueprint Layout(string host, ImmutableArray<int> cpus, bool loads)
    {
        var (first, free) = (cpus[0], cpus.Length - 1);
        if (free == 0)
        {
            return new Blueprint(NodeName, host, [first], [first], [first], loads ? [first] : [], Shared: true);
        }

        var forLoads = loads ? Math.Min(CpusOfLoad, free - 1) : 0;
        var node = cpus.Slice(1, Math.Min(CpusOfForwarder, free - forLoads));
        ImmutableArray<int> load = forLoads > 0 ? cpus.Slice(1 + node.Length, forLoads) : loads ? [first] : [];
        return new Blueprint(NodeName, host, [first], node, node.Length == 1 ? node : node[1..], load, Shared: false);
    }

    private static CampaignException Mistake(TestbedDefinition testbed, string message, string hint) =>
        new([new Diagnostic(DiagnosticSeverity.Error, new SourceSpan(testbed.File), message, hint)]);
}
