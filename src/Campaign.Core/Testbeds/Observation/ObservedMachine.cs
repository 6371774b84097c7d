using System.Collections.Immutable;
using System.Globalization;
using Campaign.Testbeds.Wire;
using Campaign.Topology;

namespace Campaign.Testbeds.Observation;

/// <summary>From what <c>observe.sh</c> printed to facts. Pure.</summary>
/// <param name="sections">What it printed.</param>
/// <param name="blueprint">Which CPUs move packets.</param>
internal sealed class ObservedMachine(Sections sections, Blueprint blueprint)
{
    /// <summary>Command names by which the testbed's own disturbances are known.</summary>
    public const string NeighbourName = "neighbour";

    public const string RecorderName = "irq-recorder";

    private readonly ImmutableArray<ObservedTask> _tasks = [.. ObservedTask.Read(sections.Lines("tasks"))];
    private readonly ObservedPorts? _ports = sections.Has("forwarder_ports") ? ObservedPorts.Read(sections.Lines("forwarder_ports")) : null;

    /// <summary>The script itself.</summary>
    public static string Script { get; } = EmbeddedScript.Read("Campaign.Testbeds.Observation.observe.sh");

    /// <summary>The forwarder's ports; null when there is no forwarder with ports of its own.</summary>
    public ObservedPorts? Ports => _ports;

    /// <summary>Everything, the forwarder's counters as they stand.</summary>
    public IEnumerable<Fact> Facts() => [.. Kernel(), .. Cpus(), .. Node(), .. Forwarder(), .. Disturbances(), .. Ticks()];

    private IEnumerable<Fact> Kernel()
    {
        yield return Fact(NodeFacts.BootId, sections.Line("boot_id"));
        yield return Fact(NodeFacts.KernelRelease, sections.Line("release"));
        yield return Fact("dut.kernel.version", sections.Line("version"));
        yield return Flag(MachineFactNames.Realtime, sections.Line("realtime") == "1" || (sections.Line("version")?.Contains("PREEMPT_RT", StringComparison.Ordinal) ?? false));
        yield return Flag(MachineFactNames.NohzAble, sections.Lines("nohz_full").Count > 0);
        yield return Fact("dut.cmdline", sections.Line("cmdline"));
        foreach (var token in (sections.Line("cmdline") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = token.Split('=', 2);
            yield return new Fact($"dut.cmdline.{parts[0]}", parts.Length == 2 ? parts[1] : "set");
        }

        yield return Fact(MachineFactNames.Os, Value("os", "VERSION_CODENAME="));
        yield return Fact("dut.os.name", Value("os", "PRETTY_NAME="));
        yield return Fact(MachineFactNames.Image, sections.Line("image"));
        yield return Fact(MachineFactNames.Hugepages, Value("meminfo", "HugePages_Total:"));
        yield return Fact(MachineFactNames.NicDriver, string.Join(' ', sections.Lines("nics")));
    }

    private IEnumerable<Fact> Cpus()
    {
        yield return Fact("dut.online.cpus", sections.Line("online"));
        yield return Fact(MachineFactNames.IsolatedCpus, sections.Line("isolated"));
        yield return Fact(MachineFactNames.NohzCpus, sections.Line("nohz_full") is null or "(null)" ? "" : sections.Line("nohz_full"));
        yield return Fact(MachineFactNames.RcuCpus, sections.Line("rcu")?.Split("CPUs:")[^1].Trim().TrimEnd('.') is { } cpus && cpus != "(none)" ? cpus : "");
        yield return Fact(MachineFactNames.HostCpus, sections.Line("host_cpus"));
        yield return Fact(MachineFactNames.InterruptsOnPacketCpus, string.Join(' ', InterruptsOnPacketCpus()));
        yield return Fact(MachineFactNames.ProcessesOnPacketCpus, string.Join(' ', ProcessesOnPacketCpus()));
    }

    private IEnumerable<Fact> Node()
    {
        if (sections.Line("node_state") is not { } state)
            yield break;

        yield return Fact(MachineFactNames.NodeState, state);
        yield return Fact(MachineFactNames.NodeImage, sections.Line("node_image"));
        yield return Fact("dut.node.os", Value("node_os", "VERSION_CODENAME="));
        yield return Fact(MachineFactNames.NodeCpus, sections.Line("node_cpus"));
        yield return Fact(MachineFactNames.NodePartition, sections.Line("node_partition"));
        yield return Fact(MachineFactNames.NodeMemory, sections.Line("node_memory"));
        yield return Fact(MachineFactNames.ForwarderSliceCpus, Slice("forwarder.slice"));
        yield return Fact(MachineFactNames.SystemSliceCpus, Slice("system.slice"));
    }

    private IEnumerable<Fact> Forwarder()
    {
        var bridge = sections.Has("bridge");
        yield return Flag(NodeFacts.ForwarderRunning, bridge || sections.Has("forwarder"));
        if (!sections.Has("forwarder"))
            yield break;

        // The threads that move packets; the main thread and those of DPDK's control plane keep house.
        string[][] workers = [.. sections.Lines("forwarder_threads").Select(l => l.Split('|'))
            .Where(t => t is [var name, _, _] && (name.StartsWith("rte-worker", StringComparison.Ordinal) || name.StartsWith("lcore-worker", StringComparison.Ordinal)
                || name.StartsWith("lcore-slave", StringComparison.Ordinal) || name.StartsWith("dpdk-worker", StringComparison.Ordinal)))];
        yield return Fact(NodeFacts.ForwarderCpus, CpuList.Format(workers.SelectMany(w => CpuList.Parse(w[1]))));
        var online = CpuList.Parse(sections.Line("online") ?? "");
        yield return Flag(NodeFacts.ForwarderPinned, workers.Length > 0 && workers.All(w => CpuList.Parse(w[1]).Length < online.Length));
        yield return Fact(NodeFacts.ForwarderScheduler, string.Join(' ', workers.Select(w => Policy(w[2])).Distinct()));
        yield return Fact("dut.forwarder.cgroup", sections.Line("forwarder_cgroup")?.Split("::")[^1]);
        yield return Fact(MachineFactNames.ForwarderVersion, sections.Line("forwarder_version")?.Split('\'') is [_, var version, ..] ? version : "");
        if (_ports is not null)
            yield return Fact(MachineFactNames.Ports, string.Join(' ', _ports.Addresses));
    }

    private IEnumerable<Fact> Disturbances()
    {
        ObservedTask[] neighbours = [.. _tasks.Where(t => t.Name == NeighbourName)];
        yield return Fact(NodeFacts.Neighbours, neighbours.Length.ToString(CultureInfo.InvariantCulture));
        yield return Fact(NodeFacts.NeighbourCpus, CpuList.Format(neighbours.SelectMany(n => n.Cpus)));
        string[] recorders = [.. _tasks.Where(t => t.Name == RecorderName).Select(t => t.Contained ? "node" : "host").Distinct().Order(StringComparer.Ordinal)];
        yield return Fact(NodeFacts.Recorder, recorders.Length == 0 ? "none" : string.Join(' ', recorders));
    }

    private IEnumerable<Fact> Ticks()
    {
        if (sections.Lines("interrupts").Count == 0)
            yield break;

        foreach (var (counter, ticks) in KernelCounters.Parse(string.Join('\n', sections.Lines("interrupts"))).Counts.Where(c => c.Key.Name == "LOC"))
            yield return Fact(MachineFactNames.Ticks(counter.Cpu), ticks.ToString(CultureInfo.InvariantCulture));
    }

    // The interrupts of a bridge's NICs are the forwarder itself.
    private IEnumerable<string> InterruptsOnPacketCpus()
    {
        var bridged = sections.Lines("bridged_interrupts");
        var handled = sections.Lines("handlers").Select(l => l.TrimEnd('/').Split('/')).Where(p => p.Length == 5).ToLookup(p => p[3], p => p[4]);
        return (from line in sections.Lines("affinities")
                let parts = line.Split(':', 2)
                let number = parts[0].Split('/')[3]
                where handled.Contains(number) && !bridged.Contains(number) && CpuList.TryParse(parts[1], out var cpus) && cpus.Any(blueprint.PacketCpus.Contains)
                select $"{number}:{handled[number].First()}").Distinct();
    }

    private IEnumerable<string> ProcessesOnPacketCpus()
    {
        int[] own = [.. (sections.Line("forwarder") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(p => int.Parse(p, CultureInfo.InvariantCulture))];
        return _tasks
            .Where(t => !t.Kernel && !own.Contains(t.Process) && t.Cpus.Overlaps(blueprint.PacketCpus))
            .Select(t => t.Name).Distinct().Order(StringComparer.Ordinal);
    }

    private string? Slice(string name) => sections.Lines("node_slices").FirstOrDefault(l => l.Contains($"/{name}/", StringComparison.Ordinal))?.Split(':', 2)[1];

    private string? Value(string section, string key) =>
        sections.Lines(section).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal))?[key.Length..].Trim().Trim('"');

    /// <summary>Priority and policy, the fields 40 and 41 of proc_pid_stat(5).</summary>
    private static string Policy(string fields) => fields.Split(' ') switch
    {
        [_, "0"] => "other",
        [var priority, "1"] => $"fifo {priority}",
        [var priority, "2"] => $"rr {priority}",
        _ => $"policy {fields}",
    };

    private static Fact Fact(string name, string? value) => new(name, value ?? "");

    private static Fact Flag(string name, bool value) => new(name, value ? "true" : "false");
}
