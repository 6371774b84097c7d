using System.Collections.Immutable;

namespace Campaign.Definition;

/// <summary>
/// The description of a testbed: roles, machines, and what its driver can do. Data only; what acts is the driver, in
/// the stage Testbeds.
/// </summary>
internal sealed record TestbedDefinition
{
    /// <summary>Path of the testbed file.</summary>
    public required string File { get; init; }

    /// <summary>The file's name without folder and <c>.lua</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>dry</c>, <c>local</c>, <c>virtual</c>, <c>ssh</c> or <c>pos</c>.</summary>
    public required string Driver { get; init; }

    /// <summary>One line for people, shown by <c>plan</c> and in the report.</summary>
    public string Title { get; init; } = "";

    /// <summary>Hosts in the order of the file; their roles are <c>loadgen</c>, <c>dut</c> and <c>timestamper</c>.</summary>
    public required ImmutableArray<TestbedHost> Hosts { get; init; }

    /// <summary>Kernels that the device under test can boot; <c>running</c> is the one that it runs. Campaigns read it as <c>testbed.kernels</c>.</summary>
    public required ImmutableArray<string> Kernels { get; init; }

    /// <summary>Operating systems that the device under test can boot; <c>running</c> is the one that it runs. <c>testbed.oses</c></summary>
    public required ImmutableArray<string> OperatingSystems { get; init; }

    /// <summary>Kernels that are not to be had on a system, each with the reason.</summary>
    public ImmutableArray<MissingKernel> Lacks { get; init; } = [];

    /// <summary>Whether the driver can exchange the kernel command line.</summary>
    public bool BootsCommandLines { get; init; }

    /// <summary>Packet rates in pkt/s that the testbed is known to carry; empty: not known. <c>testbed.rates</c></summary>
    public ImmutableArray<double> Rates { get; init; } = [];

    /// <summary>How long a boot, a trial's set-up and its tear-down take, for the estimate of <c>plan</c>.</summary>
    public TimeSpan BootTime { get; init; }

    public TimeSpan TrialOverhead { get; init; }

    /// <summary>Settings that only the driver understands; it checks them.</summary>
    public Value.Map Options { get; init; } = new([]);
}

/// <summary>A kernel that a system does not have.</summary>
internal sealed record MissingKernel(string Os, string Kernel, string Because);

/// <summary>A machine of a testbed.</summary>
/// <param name="Name">Unique within the testbed.</param>
/// <param name="Roles">Among <c>loadgen</c>, <c>dut</c>, <c>timestamper</c>; a machine may have several.</param>
/// <param name="Cpus">CPUs that the machine has, ascending; empty: those that the driver finds.</param>
/// <param name="Nics">Interfaces in the order of the file.</param>
/// <param name="Options">What only the driver understands, for example an address.</param>
internal sealed record TestbedHost(
    string Name, ImmutableArray<string> Roles, ImmutableArray<int> Cpus, ImmutableArray<TestbedNic> Nics, Value.Map Options);

/// <summary>A network interface and what it is wired to (<c>host.nic</c>; empty when nothing).</summary>
internal sealed record TestbedNic(string Name, string Cable);
