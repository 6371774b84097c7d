using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds;
using Campaign.Testing;
using Campaign.Topology;

namespace Campaign.Tests.Testbeds;

/// <summary>A testbed with one machine, in a folder of its own.</summary>
internal sealed class Scene(string driver, params (string Name, Value Value)[] options) : IDisposable
{
    public static readonly BootState AsIs = new("asis", ImmutableSortedDictionary<string, BootRequest>.Empty);

    public TempFolder Folder { get; } = new();

    public List<string> Printed { get; } = [];

    public TestbedDefinition Definition { get; init; } = new()
    {
        File = "campaigns/testbeds/here.lua",
        Name = "here",
        Driver = driver,
        Hosts = [new TestbedHost("machine", ["loadgen", "dut", "timestamper"], [], [], new Value.Map([]))],
        Kernels = ["running"],
        OperatingSystems = ["running"],
        Options = new Value.Map(options.Select(o => KeyValuePair.Create(o.Name, o.Value))),
    };

    /// <summary>CPUs that this process may use: the first keeps house, the last moves packets.</summary>
    public static ImmutableArray<int> Cpus => CpuList.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith("Cpus_allowed_list:", StringComparison.Ordinal)).Split('\t')[1]);

    public static Blueprint Blueprint { get; } =
        new("forwarder", "machine", [Cpus[0]], [Cpus[^1]], [Cpus[^1]], [Cpus[0]], Shared: Cpus.Length == 1);

    public ITestbed Open() => TestbedDriver.Open(
        Definition,
        new OpenOptions(Printed.Add, Printed.Add, Path.Combine(AppContext.BaseDirectory, "campaign"), 7, TimeProvider.System) { Locks = Folder.Path });

    public TrialContext Trial(string id = "0123456789", int position = 0, params (string Name, Value Value)[] cell) => new(
        id, 7, new Cell([.. cell.Select(c => c.Name)], [.. cell.Select(c => c.Value)]), position, "boot",
        Directory.CreateDirectory(Folder[id]).FullName);

    public void Dispose() => Folder.Dispose();
}
