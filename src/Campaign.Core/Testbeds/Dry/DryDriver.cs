using Campaign.Definition;

namespace Campaign.Testbeds.Dry;

/// <summary>The testbed that touches nothing: it says what would be done, or plays a sweep from a seed.</summary>
internal static class DryDriver
{
    /// <summary>
    /// Options of the testbed file: <c>simulate</c> (false), and for the simulation <c>packets</c> (20000, most per trial), <c>faults</c> (0,
    /// probability that something goes wrong in a trial or a boot), <c>drift</c> (0, growth of latencies per 100 trials, as a fraction),
    /// <c>seed</c> (the sweep's).
    /// </summary>
    public static ITestbed Open(TestbedDefinition definition, OpenOptions options)
    {
        var settings = new DriverOptions(definition);
        var simulate = settings.Flag("simulate", fallback: false);
        var packets = settings.Number("packets", fallback: 20_000, least: 10, most: 50_000_000);
        var faults = settings.Number("faults", fallback: 0, least: 0, most: 1);
        var drift = settings.Number("drift", fallback: 0, least: -0.5, most: 10);
        var seed = settings.Whole("seed", fallback: options.Seed);
        settings.Check();
        return simulate
            ? new SimulatedTestbed(definition, new SimulationOptions((long)packets, faults, drift, seed))
            : new DryTestbed(definition, options.Print);
    }
}

/// <summary>What the testbed file says of a simulation.</summary>
/// <param name="Packets">Most packets in a trial.</param>
/// <param name="Faults">Probability that a trial or a boot goes wrong.</param>
/// <param name="Drift">Growth of latencies per 100 trials, as a fraction.</param>
/// <param name="Seed">Of everything that is random.</param>
internal sealed record SimulationOptions(long Packets, double Faults, double Drift, long Seed);
