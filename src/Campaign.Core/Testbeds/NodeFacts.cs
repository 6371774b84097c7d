using Campaign.Definition;

namespace Campaign.Testbeds;

/// <summary>Names of the facts that drivers read back and attestation asks for.</summary>
internal static class NodeFacts
{
    /// <summary>CPUs on which the thread that moves packets may run, as <see cref="Topology.CpuList"/> writes them.</summary>
    public const string ForwarderCpus = "dut.forwarder.cpus";

    /// <summary><c>true</c> when the forwarder may run on fewer CPUs than the machine lets it.</summary>
    public const string ForwarderPinned = "dut.forwarder.pinned";

    /// <summary><c>fifo 50</c>, <c>other</c>, …</summary>
    public const string ForwarderScheduler = "dut.forwarder.scheduler";

    /// <summary><c>true</c> or <c>false</c></summary>
    public const string ForwarderRunning = "dut.forwarder.running";

    /// <summary>Busy neighbours alive.</summary>
    public const string Neighbours = "dut.neighbours";

    /// <summary>CPUs on which neighbours may run; empty when there are none.</summary>
    public const string NeighbourCpus = "dut.neighbours.cpus";

    /// <summary>Where the interrupt recorder runs: <c>host</c>, <c>node</c> or <c>none</c></summary>
    public const string Recorder = "dut.recorder";

    /// <summary>The kernel's identity of one boot.</summary>
    public const string BootId = "dut.boot_id";

    /// <summary><c>uname -r</c></summary>
    public const string KernelRelease = "dut.kernel.release";

    /// <summary>CPUs' worth of time that went to processes of others while packets were sent, as a decimal.</summary>
    public const string ForeignLoad = "machine.foreign_load";

    /// <summary>CPUs' worth of time that the hypervisor kept for itself while packets were sent, as a decimal.</summary>
    public const string StolenTime = "machine.stolen";

    /// <summary><c>true</c> when the machine beneath an emulated one kept it from its packets.</summary>
    public const string Bottleneck = "machine.bottleneck";

    /// <summary>
    /// A boot request as facts: <c>HOST.boot.os</c>, <c>HOST.boot.kernel</c>. <c>running</c> and what is left as it is say nothing.
    /// </summary>
    public static IEnumerable<Fact> OfBoot(string host, BootRequest request)
    {
        if (request.Os is { } os and not "running")
            yield return new Fact($"{host}.boot.os", os);

        if (request.Kernel is { } kernel and not "running")
            yield return new Fact($"{host}.boot.kernel", kernel);
    }

    /// <summary>One <c>HOST.cmdline.KEY</c> for each option of a command line, whose value is <c>set</c> when the option has none.</summary>
    public static IEnumerable<Fact> OfCommandLine(string host, BootRequest request)
    {
        foreach (var option in (request.CommandLine ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = option.Split('=', 2);
            yield return new Fact($"{host}.cmdline.{parts[0]}", parts.Length == 2 ? parts[1] : "set");
        }
    }
}
