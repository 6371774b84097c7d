using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Testbeds.Dry;
using Campaign.Testbeds.Local;
using Campaign.Testbeds.Virtual;
using Campaign.Topology;

namespace Campaign.Testbeds;

/// <summary>Testbed description in, reserved testbed out.</summary>
internal static class TestbedDriver
{
    private static readonly SortedDictionary<string, Func<TestbedDefinition, OpenOptions, ITestbed>> Drivers = new(StringComparer.Ordinal)
    {
        ["dry"] = DryDriver.Open,
        ["local"] = LocalTestbed.Open,
        ["virtual"] = VirtualTestbed.Open,
    };

    /// <summary>Checks the driver's options and reserves the testbed. Nothing on it is touched yet.</summary>
    /// <exception cref="CampaignException">
    /// Exit code 3: options that the driver does not know; 6: this version lacks the driver, or the machine cannot do it; 75: somebody else has the testbed.
    /// </exception>
    public static ITestbed Open(TestbedDefinition definition, OpenOptions options) =>
        Drivers.TryGetValue(definition.Driver, out var open)
            ? open(definition, options)
            : throw new CampaignException(
                $"The testbed '{definition.Name}' wants the driver '{definition.Driver}', which this version does not have. It has {string.Join(", ", Drivers.Keys.SkipLast(1))} and {Drivers.Keys.Last()}.",
                ExitCode.Testbed,
                "To measure on this machine, run again with --testbed local.");

    /// <summary>CPUs of the device under test, where that is this machine; empty where only the testbed file can know them.</summary>
    public static ImmutableArray<int> Cpus(TestbedDefinition definition) =>
        definition.Driver == "local" ? CpuList.Parse(ProcessState.Read(Environment.ProcessId)!.Cpus) : [];
}
