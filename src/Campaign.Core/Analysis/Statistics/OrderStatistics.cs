namespace Campaign.Analysis.Statistics;

/// <summary>What can be said of a percentile with a given number of packets, and of a handful of repeats. Pure arithmetic.</summary>
internal static class OrderStatistics
{
    private const double Confidence = 0.95;

    /// <summary>
    /// The packets that a percentile needs to be claimed: with fewer, its one-sided 95 % upper confidence bound would lie above the largest
    /// packet, that is at infinity. n ≥ ln(1 − 0.95) / ln p, for independent packets.
    /// </summary>
    /// <remarks>Source: H. A. David and H. N. Nagaraja, "Order Statistics", 3rd edition 2003, section 7.1; Wilks 1941.</remarks>
    /// <param name="p">Share of packets below, within (0, 1): 0.999 is the 99.9th percentile.</param>
    /// <param name="confidence">Of the bound, within (0, 1).</param>
    public static long PacketsFor(double p, double confidence = Confidence) => Math.Max(1, (long)Math.Ceiling(Math.Log(1 - confidence) / Math.Log(p)));

    /// <summary>The packets that it takes until the number of packets beyond a percentile is known to ± 10 % with 95 % confidence, if they were independent.</summary>
    /// <param name="p">Share of packets below, within (0, 1).</param>
    public static long PacketsForTail(double p)
    {
        const double Relative = 0.1;
        var z = Distributions.NormalQuantile((1 + Confidence) / 2);
        return (long)Math.Ceiling(z * z * p / (Relative * Relative * (1 - p)));
    }

    /// <summary>The largest percentile that so many packets support: the inverse of <see cref="PacketsFor"/>.</summary>
    /// <returns>Share of packets below, within [0, 1).</returns>
    public static double Supportable(long packets) => packets < 1 ? 0 : Math.Exp(Math.Log(1 - Confidence) / packets);

    /// <summary>The middle value; the mean of the two middle ones for an even number (type 2 of Hyndman and Fan 1996).</summary>
    /// <param name="values">At least one, in any order.</param>
    public static double Median(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        var middle = sorted.Length / 2;
        return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
