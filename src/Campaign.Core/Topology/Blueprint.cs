using System.Collections.Immutable;

namespace Campaign.Topology;

/// <summary>Which CPUs of the device under test do what, by the thesis' layout (section 5.5): the first core keeps house, the rest move packets.</summary>
/// <param name="Node">Name of the node under test.</param>
/// <param name="Host">The machine that it runs on.</param>
/// <param name="Housekeeping">CPUs for everything else on that machine.</param>
/// <param name="NodeCpus">CPUs that the node owns, ascending: first its own housekeeping core, where it has more than one, then the packet CPUs.</param>
/// <param name="PacketCpus">CPUs that move packets and nothing else.</param>
/// <param name="LoadCpus">CPUs for load generator and timestamper, where those run on the same machine.</param>
/// <param name="Shared">True when the machine has too few CPUs to keep packet CPUs to themselves.</param>
internal sealed record Blueprint(
    string Node,
    string Host,
    ImmutableArray<int> Housekeeping,
    ImmutableArray<int> NodeCpus,
    ImmutableArray<int> PacketCpus,
    ImmutableArray<int> LoadCpus,
    bool Shared);
