namespace Campaign.Analysis.Statistics;

/// <summary>Order statistics of the few figures that repeats give, and how many packets a percentile needs.</summary>
internal static class OrderStatistics
{
    private const double Risk = 0.05;

    /// <summary>Middle value; of an even number the mean of the two in the middle.</summary>
    public static double Median(IReadOnlyCollection<long> values)
    {
        long[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2.0;
    }

    /// <summary>
    /// Whether so many packets have a finite upper 95 % bound for a percentile: n ≥ ln 0.05 / ln p, from the binomial distribution of the
    /// number of packets below it (Hahn and Meeker, Statistical Intervals, 1991, section 5.2). Taken as if packets were independent, which
    /// makes it the least that is needed.
    /// </summary>
    public static bool Supports(long packets, double fraction) => fraction >= 1 || packets >= Math.Log(Risk) / Math.Log(fraction);

    /// <summary>The largest fraction that so many packets support; 0 for none.</summary>
    public static double LargestSupported(long packets) => packets == 0 ? 0 : Math.Exp(Math.Log(Risk) / packets);
}
