using Campaign.Testbeds;
using Campaign.Testbeds.Observation;
using Campaign.Topology;
using Xunit;

namespace Campaign.Tests.Testbeds.Virtual;

public sealed class ObservedMachineSpecs
{
    private static readonly Blueprint Node = new("forwarder", "dut", [0], [1, 2], [2], [], Shared: false);

    [Fact]
    public void A_kernel_without_no_hz_full_is_seen_although_its_command_line_asks_for_it()
    {
        var facts = Facts("## cmdline\nnohz_full=2 quiet\n## release\n5.10.0-32-amd64\n## version\n#1 SMP Debian 5.10\n");
        Assert.Equal("2", facts["dut.cmdline.nohz_full"]);
        Assert.Equal("false", facts[MachineFactNames.NohzAble]);
        Assert.Equal("", facts[MachineFactNames.NohzCpus]);
        Assert.Equal("false", facts[MachineFactNames.Realtime]);
    }

    [Fact]
    public void A_kernel_that_could_but_was_not_asked_has_no_cpus_without_ticks()
    {
        var facts = Facts("## nohz_full\n(null)\n## realtime\n1\n");
        Assert.Equal(("true", "", "true"), (facts[MachineFactNames.NohzAble], facts[MachineFactNames.NohzCpus], facts[MachineFactNames.Realtime]));
    }

    [Fact]
    public void Interrupts_with_a_handler_that_may_come_to_a_packet_cpu_are_named()
    {
        var facts = Facts(
            "## affinities\n/proc/irq/4/effective_affinity_list:0\n/proc/irq/4/smp_affinity_list:0-2\n/proc/irq/9/effective_affinity_list:2\n/proc/irq/11/effective_affinity_list:1\n"
            + "## handlers\n/proc/irq/4/ttyS0/\n/proc/irq/11/acpi/\n");
        Assert.Equal("4:ttyS0", facts[MachineFactNames.InterruptsOnPacketCpus]);
    }

    [Fact]
    public void Processes_of_others_on_a_packet_cpu_are_named_and_kernel_threads_are_not()
    {
        var facts = Facts("## forwarder\n7\n## tasks\n" + Task(7, "dpdk-testpmd", "2", user: true) + Task(8, "sleep", "1-2", user: true) + Task(9, "ksoftirqd/2", "2", user: false) + Task(10, "sshd", "0", user: true));
        Assert.Equal("sleep", facts[MachineFactNames.ProcessesOnPacketCpus]);
    }

    [Fact]
    public void The_interrupts_of_bridged_NICs_are_the_forwarder()
    {
        const string Interrupts = "## affinities\n/proc/irq/27/smp_affinity_list:2\n/proc/irq/30/smp_affinity_list:2\n## handlers\n/proc/irq/27/virtio2-input.0/\n/proc/irq/30/virtio3-config/\n";
        Assert.Equal("27:virtio2-input.0 30:virtio3-config", Facts(Interrupts)[MachineFactNames.InterruptsOnPacketCpus]);
        Assert.Equal("30:virtio3-config", Facts(Interrupts + "## bridged_interrupts\n26\n27\n")[MachineFactNames.InterruptsOnPacketCpus]);
    }

    [Fact]
    public void A_recorder_is_seen_where_it_runs()
    {
        Assert.Equal("none", Facts("")[NodeFacts.Recorder]);
        Assert.Equal("host", Facts("## tasks\n" + Task(8, "irq-recorder", "0", user: true))[NodeFacts.Recorder]);
        Assert.Equal("node", Facts("## tasks\n" + Task(8, "irq-recorder", "0", user: true, contained: true))[NodeFacts.Recorder]);
    }

    [Fact]
    public void Testpmds_counters_are_read_and_compared()
    {
        string[] Lines(int received) => ["MAC address: 52:54:00:00:00:0A", "MAC address: 52:54:00:00:00:0B", $"  RX-packets: {received} RX-missed: 1  RX-bytes: 9", "  TX-packets: 0 TX-errors: 0", "  RX-packets: 0 RX-missed: 0", $"  TX-packets: {received} TX-errors: 0"];
        var since = ObservedPorts.Read(Lines(12))!.Since(ObservedPorts.Read(Lines(2))!);
        Assert.Equal(["52:54:00:00:00:0a", "52:54:00:00:00:0b"], since.Addresses);
        Assert.Equal([10, 0], since.Received);
        Assert.Equal([0, 10], since.Sent);
        Assert.Equal([0, 0], since.Missed);
    }

    [Fact]
    public void A_console_that_does_not_answer_tells_no_ports() =>
        Assert.DoesNotContain(MachineFactNames.Ports, Facts("## forwarder\n7\n## forwarder_ports\ntestpmd> \n").Keys);

    [Fact]
    public void Half_a_reading_is_none() => Assert.Throws<TestbedException>(() => Sections.Parse("## boot_id\nx\n"));

    private static Dictionary<string, string> Facts(string output) =>
        new ObservedMachine(Sections.Parse(output + "## end\n"), Node).Facts().GroupBy(f => f.Name).ToDictionary(g => g.Key, g => g.Last().Value);

    private static string Task(int id, string name, string cpus, bool user, bool contained = false)
    {
        var path = $"/proc/{id}/task/{id}/status:";
        return $"{path}Name:\t{name}\n{path}Tgid:\t{id}\n{path}PPid:\t1\n{path}NSpid:\t{id}{(contained ? "\t5" : "")}\n{(user ? $"{path}VmSize:\t100 kB\n" : "")}{path}Cpus_allowed_list:\t{cpus}\n";
    }
}
