using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Tests.Planning;

/// <summary>Campaigns written in C#: what the loader makes of a campaign file.</summary>
internal static class Define
{
    public const string File = "campaigns/sweeps/base.lua";

    public static CampaignDefinition Campaign(params ImmutableArray<Axis> axes) => new()
    {
        File = File,
        Name = "base",
        Title = "Base experiment",
        Testbed = Testbed(),
        Parameters = [new Parameter("duration", Value.Of(10), Value.Of(10), "seconds of traffic per trial")],
        Axes = axes,
        Steps = new NoSteps(),
        Code = Digest.Of("code"),
        SourceFiles = [File],
    };

    public static TestbedDefinition Testbed(string driver = "virtual", params ImmutableArray<TestbedHost> hosts) => new()
    {
        File = $"campaigns/testbeds/{driver}.lua",
        Name = driver,
        Driver = driver,
        Hosts = hosts.IsEmpty ? [Host("dut", "dut"), Host("loadgen", "loadgen"), Host("timestamper", "timestamper")] : hosts,
        Kernels = driver == "local" ? ["running"] : ["nohz", "rt"],
        OperatingSystems = driver == "local" ? ["running"] : ["bullseye", "bookworm", "trixie"],
        BootsCommandLines = driver != "local",
        BootTime = TimeSpan.FromSeconds(90),
        TrialOverhead = TimeSpan.FromSeconds(5),
    };

    public static TestbedHost Host(string name, params ImmutableArray<string> roles) => new(name, roles, [], [], new Value.Map([]));

    public static Axis Axis(string name, params IEnumerable<object> values) =>
        new(name, [.. values.Select(ToValue)], "", null, null, new SourceSpan(File, 5));

    public static Value ToValue(object value) => value switch
    {
        string text => Value.Of(text),
        bool truth => Value.Of(truth),
        double number => Value.Of(number),
        int number => Value.Of(number),
        _ => throw new ArgumentException($"{value} is no scalar.", nameof(value)),
    };

    /// <summary>A boot that depends on the axes <c>os</c> and <c>kernel</c>, where there are such.</summary>
    public static ImmutableSortedDictionary<string, BootRequest> BootByAxes(Cell cell) =>
        ImmutableSortedDictionary<string, BootRequest>.Empty.Add("dut", new BootRequest(TextOf(cell["os"]), TextOf(cell["kernel"]), null));

    private static string? TextOf(Value value) => (value as Value.Text)?.Content;

    /// <summary>The steps of a campaign that is only planned.</summary>
    private sealed class NoSteps : ICampaignSteps
    {
        public bool Has(CampaignStep step) => false;

        public Task<Value> RunAsync(CampaignStep step, Cell cell, IEffects effects, CancellationToken cancellationToken) =>
            throw new NotSupportedException("A plan runs nothing.");

        public void Dispose()
        {
        }
    }
}
