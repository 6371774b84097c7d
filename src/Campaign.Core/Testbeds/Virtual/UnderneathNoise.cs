using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Testbeds.Virtual;

/// <summary>What the machine beneath did to a measurement.</summary>
/// <param name="Load">Facts of foreign load and stolen time, in CPUs.</param>
/// <param name="Cpus">For each virtual CPU the share of the time that its thread ran, and that it waited for a processor.</param>
/// <param name="PacketCpus">The virtual CPUs that move packets.</param>
/// <param name="Throttled">Share of the time that a quota withheld.</param>
/// <param name="Drops">Packets that QEMU did not read in time.</param>
internal sealed record UnderneathNoise(
    ImmutableArray<Fact> Load, ImmutableSortedDictionary<int, (double Ran, double Waited)> Cpus, ImmutableArray<int> PacketCpus, double Throttled, long Drops)
{
    /// <summary>The accounting of strangers' processor time is good to a quarter of a CPU.</summary>
    private const double ForeignLoadLimit = 0.3;

    private const double StolenLimit = 0.05;

    /// <summary>A packet CPU that waits longer than this share of the time was kept from its packets by the machine beneath, not by its own kernel.</summary>
    private const double WaitLimit = 0.1;

    private (double Ran, double Waited) Packet => PacketCpus.Where(Cpus.ContainsKey).Select(c => Cpus[c]).DefaultIfEmpty().MaxBy(c => c.Waited);

    public IEnumerable<Fact> Facts() =>
    [
        .. Load,
        .. Cpus.SelectMany(c => new[]
        {
            new Fact(string.Create(CultureInfo.InvariantCulture, $"machine.vcpu{c.Key}.ran"), Share(c.Value.Ran)),
            new Fact(string.Create(CultureInfo.InvariantCulture, $"machine.vcpu{c.Key}.waited"), Share(c.Value.Waited)),
        }),
        new Fact("machine.throttled", Share(Throttled)),
        new Fact(MachineFactNames.NicDropped, Drops.ToString(CultureInfo.InvariantCulture)),
        new Fact(NodeFacts.Bottleneck, Packet.Waited > WaitLimit || Foreign > ForeignLoadLimit || Stolen > StolenLimit || Throttled > 0 ? "true" : "false"),
    ];

    /// <summary>What a reader has to know, in sentences.</summary>
    public IEnumerable<string> Remarks()
    {
        if (Foreign > ForeignLoadLimit)
            yield return Text($"The machine underneath was busy: others used {Foreign:0.00} of its CPUs meanwhile.");

        if (Stolen > StolenLimit)
            yield return Text($"The hypervisor of the machine underneath withheld {Stolen:0.00} CPUs meanwhile.");

        if (Throttled > 0)
            yield return Text($"A quota withheld the processor for {Throttled * 100:0.0} % of the time.");

        if (Packet.Waited > WaitLimit)
            yield return Text($"The machine underneath was the bottleneck: the thread of a packet CPU waited {Packet.Waited * 100:0} % of the time for a processor, so tails are not the guest's.");
    }

    private double Foreign => Of(NodeFacts.ForeignLoad);

    private double Stolen => Of(NodeFacts.StolenTime);

    private double Of(string fact) => double.Parse(Load.First(f => f.Name == fact).Value, CultureInfo.InvariantCulture);

    private static string Share(double share) => share.ToString("0.000", CultureInfo.InvariantCulture);

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
