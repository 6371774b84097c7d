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

    /// <param name="seconds">Latencies of each second of the run, in the order of time.</param>
    /// <param name="p">Share of packets below, within (0, 1).</param>
    /// <param name="block">Seconds in a block, at least 1; <see cref="BlockLength"/> chooses one.</param>
    /// <param name="confidence">Within (0, 1).</param>
    /// <param name="seed">The same seed gives the same interval.</param>
    /// <returns>Nanoseconds; null when there are fewer than two seconds with a packet.</returns>
    public static (long Low, long High)? Interval(
        IReadOnlyList<LatencyDistribution> seconds, double p, int block, double confidence, long seed, int replicates = Replicates)
    {
        if (seconds.Count(s => s.Count > 0) < 2)
        {
            return null;
        }

        long[] values = [.. seconds.SelectMany(s => s.Values).Distinct().Order()];
        var counts = seconds.Select(s => Place(s, values)).ToArray();
        var random = new SeededRandom(seed);
        var drawn = new long[replicates];
        var sum = new long[values.Length];
        for (var replicate = 0; replicate < replicates; replicate++)
        {
            Array.Clear(sum);
            Draw(counts, block, random, sum);
            drawn[replicate] = Quantile(values, sum, p);
        }

        Array.Sort(drawn);
        return (drawn[Rank((1 - confidence) / 2, replicates)], drawn[Rank((1 + confidence) / 2, replicates)]);
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

    private static long Quantile(long[] values, long[] counts, double p)
    {
        var rank = Math.Max(1, (long)Math.Ceiling(p * counts.Sum()));
        var at = 0;
        for (var passed = counts[0]; passed < rank && at < values.Length - 1; passed += counts[at])
        {
            at++;
        }

        return values[at];
    }

    private static int Rank(double q, int count) => Math.Clamp((int)Math.Ceiling(q * count) - 1, 0, count - 1);
}
