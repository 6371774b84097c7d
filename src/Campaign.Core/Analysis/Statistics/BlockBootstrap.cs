using System.Collections.Immutable;
using Campaign.Captures;
using Campaign.Units;

namespace Campaign.Analysis.Statistics;

/// <summary>
/// A confidence interval for a percentile of one run whose packets depend on each other: whole stretches of seconds are drawn with replacement, so that a stall stays
/// a stall. It describes that run only.
/// </summary>
/// <remarks>
/// Source: H. R. Künsch, "The jackknife and the bootstrap for general stationary observations", Annals of Statistics 17(3), 1989; D. N. Politis and J. P. Romano,
/// "A circular block-resampling procedure for stationary data", 1992. Blocks wrap around the end. Percentile interval.
/// </remarks>
internal static class BlockBootstrap
{
    private const int Replicates = 2000;

    /// <param name="seconds">Latencies of each second of the run with a packet, in the order of time.</param>
    /// <param name="shares">Shares of packets below, each within (0, 1).</param>
    /// <param name="block">Seconds in a block, at least 1; <see cref="BlockLength"/> chooses one.</param>
    /// <param name="confidence">Within (0, 1).</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <returns>Nanoseconds, one interval for each of <paramref name="shares"/>, from the same draws; none when there are fewer than two seconds, or one without a packet.</returns>
    public static ImmutableArray<(long Low, long High)> Intervals(
        IReadOnlyList<LatencyDistribution> seconds, ImmutableArray<double> shares, int block, double confidence, long seed, int replicates = Replicates)
    {
        if (seconds.Count < 2 || seconds.Any(s => s.Count == 0))
        {
            return [];
        }

        long[] values = [.. seconds.SelectMany(s => s.Values).Distinct().Order()];
        var counts = seconds.Select(s => Place(s, values)).ToArray();
        var random = new SeededRandom(seed);
        var drawn = shares.Select(_ => new long[replicates]).ToArray();
        var sum = new long[values.Length];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            Array.Clear(sum);
            Draw(counts, block, random, sum);
            var packets = sum.Sum();
            for (var share = 0; share < shares.Length; share++)
            {
                drawn[share][replicate] = Quantile(values, sum, packets, Math.Max(1, (long)Math.Ceiling(shares[share] * packets)));
            }
        }

        return
        [
            .. drawn.Select(quantiles =>
            {
                Array.Sort(quantiles);
                return (quantiles[Rank((1 - confidence) / 2, replicates)], quantiles[Rank((1 + confidence) / 2, replicates)]);
            }),
        ];
    }

    private static (int Index, long Count)[] Place(LatencyDistribution second, long[] values) =>
        [.. second.Values.Zip(second.Counts, (value, count) => (Array.BinarySearch(values, value), count))];

    private static void Draw((int Index, long Count)[][] seconds, int block, SeededRandom random, long[] sum)
    {
        for (var filled = 0; filled < seconds.Length;)
        {
            var start = random.Below(seconds.Length);
            for (var i = 0; i < block && filled < seconds.Length; i++, filled++)
            {
                foreach (var (index, count) in seconds[(start + i) % seconds.Length])
                {
                    sum[index] += count;
                }
            }
        }
    }

    // From the top, since tails are asked for.
    private static long Quantile(long[] values, long[] counts, long packets, long rank)
    {
        var at = values.Length - 1;
        for (var below = packets - counts[at]; below >= rank && at > 0; below -= counts[at])
        {
            at--;
        }

        return values[at];
    }

    private static int Rank(double q, int count) => Math.Clamp((int)Math.Ceiling(q * count) - 1, 0, count - 1);
}
