using Campaign.Testbeds.Ssh;

namespace Campaign.Testbeds.Virtual;

/// <summary>How one machine is reached: keys and ports of its own, made for it and known to nobody else.</summary>
internal sealed class MachineAccess
{
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Readable = Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
    private const int InitrdAlignment = 512;

    private readonly SshIdentity _user = SshIdentity.Create();
    private readonly SshIdentity _host = SshIdentity.Create();

    private MachineAccess()
    {
    }

    public int SshPort { get; } = FreePort.Tcp();

    public WirePorts Wire { get; } = WirePorts.Choose();

    public SshAddress Address => new("dut", "127.0.0.1", SshPort, "root", _user, _host.PublicKey);

    public static MachineAccess Create() => new();

    /// <summary>The kernel's initrd with a second archive behind it, which the kernel unpacks over the first.</summary>
    public async Task WriteInitrdAsync(MachineSpec spec, Stream file, CancellationToken cancellationToken)
    {
        await using (var kernel = File.OpenRead(spec.Kernel.Initrd))
            await kernel.CopyToAsync(file, cancellationToken);

        await file.WriteAsync(new byte[(InitrdAlignment - (file.Length % InitrdAlignment)) % InitrdAlignment], cancellationToken);
        await file.WriteAsync(Configuration(), cancellationToken);
        await file.FlushAsync(cancellationToken);
    }

    private byte[] Configuration() => new CpioArchive()
        .Add("cfg.sh", Network, Readable)
        .Add("cfg/root/.ssh/authorized_keys", _user.Line + "\n", Private)
        .Add("cfg/etc/ssh/ssh_host_ecdsa_key", _host.PrivateKey + "\n", Private)
        .Add("cfg/etc/ssh/ssh_host_ecdsa_key.pub", _host.Line + "\n", Readable)
        .Add("cfg/etc/hostname", "dut\n", Readable)
        .Add("cfg/etc/machine-id", Guid.NewGuid().ToString("N") + "\n", Readable)
        .Add("cfg/etc/systemd/network/10-management.link", Link("management", MachineSpec.ManagementMac), Readable)
        .Add("cfg/etc/systemd/network/10-a.link", Link("a", MachineSpec.MacA), Readable)
        .Add("cfg/etc/systemd/network/10-b.link", Link("b", MachineSpec.MacB), Readable)
        .ToArray();

    /// <summary>Part of the initrd's script: the NICs have their names before systemd is there, which then need not look at every device again.</summary>
    private static string Network =>
        $$"""
        ip link set lo up
        for nic in /sys/class/net/*; do
          case $(cat $nic/address) in
            {{MachineSpec.ManagementMac}}) name=management ;;
            {{MachineSpec.MacA}}) name=a ;;
            {{MachineSpec.MacB}}) name=b ;;
            *) continue ;;
          esac
          ip link set ${nic##*/} name $name
        done
        ip addr add 10.0.2.15/24 dev management
        ip link set management up

        """;

    private static string Link(string name, string mac) => $"[Match]\nMACAddress={mac}\n[Link]\nName={name}\n";
}
