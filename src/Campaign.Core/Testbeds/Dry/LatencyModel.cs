using Campaign.Definition;

namespace Campaign.Testbeds.Dry;

/// <summary>
/// The latencies that the simulation plays. A packet takes a lognormal time through the node; now and then the node stalls, and whatever
/// arrives meanwhile waits for the end of the stall. A stall of length D at rate r so gives about r·D packets whose latencies fall linearly
/// from D, the saw-tooth of real captures: worst packets come in a handful of events.
/// </summary>
/// <remarks>
/// Known axes, by name: <c>kernel</c> (contains "rt": stalls half as frequent and a quarter as long, body 6 % slower; contains "nohz": a third
/// fewer stalls), <c>os</c> (each name its own factor within ±3 %), <c>isolation</c> (false: 20 times the stalls, 4 times as long, body 25 %
/// slower), <c>neighbours</c> or <c>disturb</c> (each neighbour: 8 times the stalls more without isolation, 10 % more with), <c>recorder</c>
/// (10 stalls a second of 15 µs). Other axes do nothing, as an axis without an effect does. The numbers have the size of published ones for
/// DPDK on bare metal and containers (3 µs median, tails from 10 µs to some milliseconds); they are no prediction.
/// </remarks>
/// <param name="Median">Nanoseconds through the node.</param>
/// <param name="Sigma">Standard deviation of the logarithm of that time.</param>
/// <param name="StallsPerSecond">How often the node stalls.</param>
/// <param name="StallMedian">Nanoseconds.</param>
/// <param name="StallSigma">Of the logarithm.</param>
/// <param name="RecordingsPerSecond">Short stalls of the interrupt recorder.</param>
/// <param name="Service">Nanoseconds between two packets at full speed.</param>
/// <param name="Queue">Packets that wait at most; more are lost.</param>
internal sealed record LatencyModel(
    double Median, double Sigma, double StallsPerSecond, double StallMedian, double StallSigma, double RecordingsPerSecond, double Service, int Queue)
{
    public const double RecordingStall = 15_000;

    private const double TrialSigma = 0.02;
    private const double BootSigma = 0.05;

    /// <summary>The model of one cell, without chance.</summary>
    public static LatencyModel Of(Cell cell)
    {
        var isolated = cell["isolation"] is not Value.Boolean { Content: false };
        var neighbours = Neighbours(cell["neighbours"]) + Neighbours(cell["disturb"]);
        var kernel = cell["kernel"].ToString();
        var realtime = kernel.Contains("rt", StringComparison.OrdinalIgnoreCase);
        var tickless = kernel.Contains("nohz", StringComparison.OrdinalIgnoreCase);

        var disturbed = isolated ? 1 + (0.1 * neighbours) : 1 + (8 * neighbours);
        return new LatencyModel(
            Median: 3_000 * (isolated ? 1 : 1.25) * (realtime ? 1.06 : 1) * OperatingSystem(cell["os"]),
            Sigma: isolated ? 0.08 : 0.15,
            StallsPerSecond: 0.5 * (isolated ? 1 : 20) * (realtime ? 0.5 : 1) * (tickless ? 0.67 : 1) * disturbed,
            StallMedian: 60_000 * (isolated ? 1 : 4) * (realtime ? 0.25 : 1),
            StallSigma: 0.7,
            RecordingsPerSecond: cell["recorder"] is Value.Boolean { Content: true } ? 10 : 0,
            Service: 100,
            Queue: 4096);
    }

    /// <summary>
    /// The same with what differs from trial to trial and from boot to boot: lognormal factors with standard deviations of 2 % and 5 %, and the drift.
    /// </summary>
    public LatencyModel For(TrialContext trial, SimulationOptions options)
    {
        var boot = new Randomness(options.Seed, $"boot/{trial.BootId}").Lognormal(1, BootSigma);
        var own = new Randomness(options.Seed, $"trial/{trial.TrialId}").Lognormal(1, TrialSigma);
        var drift = Math.Max(0.1, 1 + (options.Drift * trial.Position / 100));
        return this with { Median = Median * boot * own * drift, StallMedian = StallMedian * boot * drift };
    }

    private static double Neighbours(Value value) => value switch
    {
        Value.Integer { Content: var count } => Math.Clamp(count, 0, 64),
        Value.Boolean { Content: true } => 1,
        Value.Text { Content: not ("" or "none" or "off" or "quiet") } => 1,
        _ => 0,
    };

    private static double OperatingSystem(Value os) => os is Value.Text { Content: var name }
        ? 0.97 + (0.06 * new Randomness(0, $"os/{name}").Uniform())
        : 1;
}
