namespace Campaign.Testbeds;

/// <summary>Names of the facts of a device under test that is a machine of its own, beyond <see cref="NodeFacts"/>.</summary>
internal static class MachineFactNames
{
    /// <summary>Release as Debian calls it: <c>bookworm</c></summary>
    public const string Os = "dut.os";

    /// <summary>Identity of the image that the machine's root is; of its recipe and its making.</summary>
    public const string Image = "dut.image";

    /// <summary><c>true</c> for a kernel with PREEMPT_RT.</summary>
    public const string Realtime = "dut.kernel.preempt_rt";

    /// <summary><c>true</c> for a kernel that can do without ticks (CONFIG_NO_HZ_FULL), whatever its command line says.</summary>
    public const string NohzAble = "dut.kernel.no_hz_full";

    /// <summary>CPUs without ticks, as the kernel took them.</summary>
    public const string NohzCpus = "dut.nohz_full.cpus";

    /// <summary>CPUs that the scheduler leaves alone, as the kernel took them.</summary>
    public const string IsolatedCpus = "dut.isolated.cpus";

    /// <summary>CPUs whose RCU callbacks run elsewhere, as the kernel took them.</summary>
    public const string RcuCpus = "dut.rcu_nocbs.cpus";

    /// <summary>CPUs that the root cgroup has left for everything but partitions.</summary>
    public const string HostCpus = "dut.cgroup.cpus";

    public const string Hugepages = "dut.hugepages";

    /// <summary>Interrupts with a handler that may arrive on a packet CPU; empty: none.</summary>
    public const string InterruptsOnPacketCpus = "dut.interrupts.on_packet_cpus";

    /// <summary>Processes of others that may run on a packet CPU; empty: none.</summary>
    public const string ProcessesOnPacketCpus = "dut.processes.on_packet_cpus";

    /// <summary>LXC's state of the container.</summary>
    public const string NodeState = "dut.node.state";

    public const string NodeImage = "dut.node.image";

    public const string NodeCpus = "dut.node.cpus";

    /// <summary>Kind of the container's CPU partition: <c>root</c>, or <c>member</c> when it is none.</summary>
    public const string NodePartition = "dut.node.partition";

    public const string NodeMemory = "dut.node.memory_max";

    /// <summary>CPUs of the slice that the forwarder runs in, and of the slice of the node's own services.</summary>
    public const string ForwarderSliceCpus = "dut.node.forwarder_slice.cpus";

    public const string SystemSliceCpus = "dut.node.system_slice.cpus";

    /// <summary>Drivers of the NICs, once per NIC, separated by blanks.</summary>
    public const string NicDriver = "dut.nics.driver";

    /// <summary>Hardware addresses of the forwarder's ports, in their order.</summary>
    public const string Ports = "dut.forwarder.ports";

    /// <summary>Where packets went in and out during the measurement: <c>a&gt;b</c>; <c>none</c> before there were any.</summary>
    public const string Path = "dut.forwarder.path";

    public const string ForwarderVersion = "dut.forwarder.version";

    public const string ForwarderReceived = "dut.forwarder.received";

    public const string ForwarderSent = "dut.forwarder.sent";

    public const string ForwarderMissed = "dut.forwarder.missed";

    /// <summary>Packets that the emulator of the NIC did not take in time.</summary>
    public const string NicDropped = "machine.nic.dropped";

    /// <summary>Which cable a NIC hangs on, as the emulator says.</summary>
    public static string Cable(string nic) => $"machine.nic.{nic}";

    /// <summary>Timer interrupts of one CPU since the machine was booted.</summary>
    public static string Ticks(int cpu) => FormattableString.Invariant($"dut.ticks.cpu{cpu}");
}
