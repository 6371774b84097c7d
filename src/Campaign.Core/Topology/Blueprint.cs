using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Topology;

/// <summary>Which CPUs of the device under test do what, by the thesis' layout (section 5.5): the first core keeps house, the rest move packets.</summary>
/// <param name="Node">Name of the node under test.</param>
/// <param name="Host">The machine that it runs on.</param>
/// <param name="Housekeeping">CPUs for everything else on that machine.</param>
/// <param name="NodeCpus">CPUs that the node owns, ascending: first its own housekeeping core, where it has more than one, then the packet CPUs.</param>
/// <param name="PacketCpus">CPUs that move packets and nothing else.</param>
/// <param name="LoadCpus">CPUs for load generator and timestamper, where those run on the same machine.</param>
/// <param name="Shared">
/// True when the machine has too few CPUs to keep others off the packet CPUs: its housekeeping and, where they run there, load
/// generator and timestamper.
/// </param>
internal sealed record Blueprint(
    string Node,
    string Host,
    ImmutableArray<int> Housekeeping,
    ImmutableArray<int> NodeCpus,
    ImmutableArray<int> PacketCpus,
    ImmutableArray<int> LoadCpus,
    bool Shared)
{
    /// <summary>
    /// What campaigns and templates see as <c>node</c>, CPUs as lists of the kernel's form: <c>name</c>, <c>host</c>, <c>cores</c> (all of the
    /// node), <c>service_cores</c> (those of the node's own housekeeping), <c>packet_cores</c>, <c>packet_count</c>, <c>host_cores</c> (the machine's housekeeping),
    /// <c>load_cores</c> (empty where the load comes from elsewhere) and <c>shared</c>.
    /// </summary>
    public Value.Map ToValue() => new(new Dictionary<string, Value>
    {
        ["name"] = Value.Of(Node),
        ["host"] = Value.Of(Host),
        ["cores"] = Value.Of(CpuList.Format(NodeCpus)),
        ["service_cores"] = Value.Of(CpuList.Format(NodeCpus[..1])),
        ["packet_cores"] = Value.Of(CpuList.Format(PacketCpus)),
        ["packet_count"] = Value.Of(PacketCpus.Length),
        ["host_cores"] = Value.Of(CpuList.Format(Housekeeping)),
        ["load_cores"] = Value.Of(CpuList.Format(LoadCpus)),
        ["shared"] = Value.Of(Shared),
    });
}
