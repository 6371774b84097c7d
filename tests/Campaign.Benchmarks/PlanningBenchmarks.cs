using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Units;

namespace Campaign.Benchmarks;

/// <summary>Planning 10^5 cells, three trials each, with eight boot states: what <c>plan</c> does beside loading the campaign file.</summary>
[MemoryDiagnoser]
public class PlanningBenchmarks
{
    private readonly CampaignDefinition _definition = Definition();
    private Plan _plan = null!;

    [GlobalSetup]
    public void SetUp() => _plan = Planner.Plan(_definition);

    [Benchmark]
    public int Plan() => Planner.Plan(_definition).Trials.Length;

    [Benchmark]
    public int Text() => PlanText.Write(_plan).Length;

    [Benchmark]
    public void Json() => PlanJson.Write(_plan, Stream.Null);

    [Benchmark]
    public int Shard() => Selection.Apply(_plan, null, new Shard(2, 4)).Length;

    private static CampaignDefinition Definition() => new()
    {
        File = "large.lua",
        Name = "large",
        Title = "Large",
        Testbed = new TestbedDefinition
        {
            File = "virtual.lua",
            Name = "virtual",
            Driver = "virtual",
            Hosts = [new TestbedHost("dut", ["dut"], [], [], new Value.Map([]))],
            Kernels = [],
            OperatingSystems = [],
            BootsCommandLines = true,
        },
        Parameters = [],
        Axes = [Axis("kernel", 2), Axis("os", 4), Axis("rate", 125), Axis("size", 10), Axis("flows", 10)],
        Repeats = 3,
        Boot = cell => ImmutableSortedDictionary<string, BootRequest>.Empty.Add(
            "dut", new BootRequest(cell["os"].ToString(), cell["kernel"].ToString(), "nohz=on nohz_full=1-3 rcu_nocbs=1-3 skew_tick=1")),
        Steps = new NoSteps(),
        Code = Digest.Of(""),
        SourceFiles = [],
    };

    private static Axis Axis(string name, int levels) =>
        new(name, [.. Enumerable.Range(1, levels).Select(i => Value.Of(i))], "", null, null, default);

    private sealed class NoSteps : ICampaignSteps
    {
        public bool Has(CampaignStep step) => false;

        public Task<Value> RunAsync(CampaignStep step, Cell cell, IEffects effects, CancellationToken cancellationToken) =>
            throw new NotSupportedException("Nothing runs here.");

        public void Dispose()
        {
        }
    }
}
