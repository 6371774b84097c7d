using System.Globalization;
using Campaign.Testbeds.Virtual.Images;

namespace Campaign.Testbeds.Virtual;

/// <summary>A device under test as QEMU is told to build it.</summary>
/// <param name="Qemu">What runs it.</param>
/// <param name="Kernel">What it boots.</param>
/// <param name="Root">Its file system, read-only.</param>
/// <param name="Container">The file system of containers on it, read-only.</param>
/// <param name="CommandLine">What the campaign wants on the kernel's command line.</param>
/// <param name="Cpus">Virtual CPUs.</param>
/// <param name="Memory">In MiB.</param>
internal sealed record MachineSpec(Qemu Qemu, KernelPack Kernel, CachedImage Root, CachedImage Container, string CommandLine, int Cpus, int Memory)
{
    /// <summary>Hardware addresses of the NICs: management, before and behind the node.</summary>
    public const string ManagementMac = "52:54:00:00:00:01";

    public const string MacA = "52:54:00:00:00:0a";

    public const string MacB = "52:54:00:00:00:0b";

    /// <summary>Name of the virtual serial port that the machine opens when SSH answers, as QEMU calls it in its events.</summary>
    public const string ReadyPort = "ready";

    /// <summary>DPDK needs SSE4.2, which QEMU's plain CPU lacks.</summary>
    private const string EmulatedCpu = "Nehalem";

    /// <summary>
    /// What this testbed needs on every kernel's command line: a console in a file, an end where the kernel panics (QEMU then exits), and no calibration
    /// that an emulator's clock would fail.
    /// </summary>
    private const string OwnCommandLine = "console=ttyS0 quiet panic=-1 no_timer_check nokaslr selinux=0 systemd.show_status=0";

    /// <summary>An emulated CPU does not speculate, but pays for the protection against it: each system call would throw all of the emulator's translations of addresses away.</summary>
    private const string EmulatedCommandLine = "mitigations=off";

    public string WholeCommandLine =>
        string.Join(' ', new[] { OwnCommandLine, Qemu.Accelerator == "kvm" ? "" : EmulatedCommandLine, CommandLine }.Where(p => p.Length > 0));

    /// <summary>QEMU's arguments.</summary>
    /// <param name="initrd">The kernel's initrd with this machine's configuration behind it.</param>
    /// <param name="serial">File for the console.</param>
    /// <param name="wire">Ports of the cables.</param>
    /// <param name="sshPort">Port on loopback that leads to the machine's SSH.</param>
    /// <param name="incoming">Whether it waits for a saved state instead of booting.</param>
    public IEnumerable<string> Arguments(string initrd, string serial, WirePorts wire, int sshPort, bool incoming) =>
    [
        .. Qemu.Arguments,
        "-name", "dut,debug-threads=on", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
        "-machine", "q35", "-accel", Qemu.Accelerator == "kvm" ? "kvm" : "tcg,thread=multi", "-cpu", Qemu.Accelerator == "kvm" ? "host" : EmulatedCpu,
        "-smp", Text(Cpus), "-m", Text(Memory),
        "-kernel", Kernel.Image, "-initrd", initrd, "-append", WholeCommandLine,
        .. Disk("root", Root), .. Disk("container", Container),
        "-netdev", $"user,id=management,restrict=on,hostfwd=tcp:127.0.0.1:{Text(sshPort)}-:22",
        "-device", $"virtio-net-pci,netdev=management,mac={ManagementMac},romfile=",
        .. Nic("a", MacA, 1, "127.255.255.255", wire.Splitter, wire.BackA), .. Nic("b", MacB, 2, "127.0.0.1", wire.BackB, wire.Behind),
        "-device", "virtio-serial-pci", "-chardev", "null,id=ready",
        "-device", $"virtserialport,chardev=ready,id={ReadyPort},name=campaign.ready",
        "-serial", $"file:{serial}", "-qmp", "stdio",
        .. incoming ? ["-incoming", "defer"] : Array.Empty<string>(),
    ];

    /// <summary>One interrupt line instead of one vector per CPU: the kernel keeps managed vectors on every CPU, packet CPUs among them.</summary>
    private static string[] Disk(string name, CachedImage image) =>
    [
        "-drive", $"id={name},file={image.File("image.squashfs").Replace(",", ",,", StringComparison.Ordinal)},format=raw,if=none,readonly=on",
        "-device", $"virtio-blk-pci,drive={name},num-queues=1,vectors=0,romfile=",
    ];

    /// <summary>A NIC whose cable is a pair of UDP ports on loopback: unix datagram sockets drop at a queue of ten.</summary>
    private string[] Nic(string name, string mac, int slot, string here, int port, int there) =>
    [
        "-netdev",
        $"dgram,id={name},local.type=inet,local.host={here},local.port={Text(port)},remote.type=inet,remote.host=127.0.0.1,remote.port={Text(there)}",
        "-device", $"pcie-root-port,id=port-{name},chassis={Text(slot)},slot={Text(slot)}",
        "-device", $"{Qemu.Nic},id=nic-{name},bus=port-{name},netdev={name},mac={mac},romfile=",
    ];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}

/// <summary>UDP ports on loopback that stand for the cables of the device under test.</summary>
/// <param name="Splitter">
/// On the broadcast address of loopback: what is sent there reaches NIC A and the timestamper as one packet, which the kernel clones. This is the optical splitter
/// before the device.
/// </param>
/// <param name="Behind">Where NIC B sends, which is the timestamper.</param>
/// <param name="BackA">Where NIC A sends.</param>
/// <param name="BackB">Where NIC B listens.</param>
internal sealed record WirePorts(int Splitter, int Behind, int BackA, int BackB)
{
    public static WirePorts Choose() => FreePort.Udp(4) is [var splitter, var behind, var a, var b] ? new(splitter, behind, a, b) : throw new InvalidOperationException();
}
