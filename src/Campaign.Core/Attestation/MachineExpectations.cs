using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign.Attestation;

/// <summary>What must be observed on a device under test that is a machine of its own. Pure.</summary>
internal static class MachineExpectations
{
    private const string Dut = "dut";

    /// <summary>What the kernel must have made of the command line; none for what is not asked for means that it must be off.</summary>
    private static readonly (string Token, string Subject)[] CpuTokens =
    [
        ("nohz_full", MachineFactNames.NohzCpus),
        ("isolcpus", MachineFactNames.IsolatedCpus),
        ("rcu_nocbs", MachineFactNames.RcuCpus),
    ];

    /// <param name="boot">What was to be booted.</param>
    /// <param name="promises">What the driver built and booted for it.</param>
    /// <param name="forward">How the forwarder was asked for; null: not at all.</param>
    /// <param name="blueprint">The CPUs of the node.</param>
    /// <param name="measured">Whether packets have been sent.</param>
    public static IEnumerable<Expectation> Of(
        BootState boot, ImmutableArray<Fact> promises, ForwardOptions? forward, Blueprint blueprint, bool measured)
    {
        var request = boot.Hosts.FirstOrDefault(h => h.Key == blueprint.Host || h.Key == Dut).Value;
        var kind = forward?.Kind ?? "";
        var contained = forward is { Node: null or ForwardOptions.Container } && kind != ForwardOptions.Bridge;
        var polls = forward is not null && kind != ForwardOptions.Bridge;
        return
        [
            .. promises.Where(p => Applies(p.Name, contained, polls)).Select(p => new Expectation(p.Name, p.Value)),
            .. request?.Os is { } os ? [new Expectation(MachineFactNames.Os, os)] : Array.Empty<Expectation>(),
            .. Cpus(request?.CommandLine ?? ""),
            .. contained ? Container(forward!, blueprint) : [],
            .. polls ? [new Expectation(MachineFactNames.NicDriver, "igb_uio igb_uio|uio_pci_generic uio_pci_generic")] : Array.Empty<Expectation>(),
            .. polls && measured ? [new Expectation(MachineFactNames.Path, "a>b")] : Array.Empty<Expectation>(),
            .. forward is { Isolation: true } ? Undisturbed(contained, blueprint) : [],
        ];
    }

    private static bool Applies(string promise, bool contained, bool polls) => promise switch
    {
        MachineFactNames.NodeImage => contained,
        MachineFactNames.Ports => polls,
        _ => true,
    };

    private static IEnumerable<Expectation> Cpus(string commandLine)
    {
        var tokens = commandLine.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(t => t.Split('=', 2)).Where(t => t.Length == 2).ToLookup(t => t[0], t => t[1]);
        foreach (var (token, subject) in CpuTokens)
            yield return new Expectation(subject, tokens[token].LastOrDefault() ?? "");

        if (tokens["hugepages"].LastOrDefault() is { } pages)
            yield return new Expectation(MachineFactNames.Hugepages, pages);
    }

    private static IEnumerable<Expectation> Container(ForwardOptions forward, Blueprint blueprint)
    {
        var all = CpuList.Format([.. blueprint.Housekeeping, .. blueprint.NodeCpus]);
        yield return new Expectation(MachineFactNames.NodeState, "RUNNING");
        yield return new Expectation(MachineFactNames.NodeCpus, forward.Isolation ? CpuList.Format(blueprint.NodeCpus) : all);
        yield return new Expectation(MachineFactNames.NodePartition, forward.Isolation ? "root" : "member");
        yield return new Expectation(MachineFactNames.HostCpus, forward.Isolation ? CpuList.Format(blueprint.Housekeeping) : all);
        if (!forward.Isolation)
            yield break;

        yield return new Expectation(MachineFactNames.ForwarderSliceCpus, CpuList.Format(blueprint.NodeCpus));
        yield return new Expectation(MachineFactNames.SystemSliceCpus, CpuList.Format(blueprint.NodeCpus[..1]));
    }

    private static IEnumerable<Expectation> Undisturbed(bool contained, Blueprint blueprint) =>
    [
        new Expectation(MachineFactNames.InterruptsOnPacketCpus, ""),
        .. contained ? [new Expectation(MachineFactNames.ProcessesOnPacketCpus, "")] : Array.Empty<Expectation>(),
    ];
}
