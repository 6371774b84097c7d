using Campaign.Captures;

namespace Campaign.Analysis.Statistics;

/// <summary>How far two distributions of latencies are apart, as a description: no probability, because packets of a run are not independent.</summary>
/// <remarks>
/// Sources: A. Vargha and H. D. Delaney, "A critique and improvement of the CL common language effect size statistics", J. Educational and Behavioral Statistics 25(2),
/// 2000 (A₁₂); A. Kolmogorov 1933, N. Smirnov 1939 (largest distance); L. V. Kantorovich 1942 (transport distance).
/// </remarks>
/// <param name="Superiority">A₁₂: the probability that a packet of the first is slower than one of the second, ties half; 0.5: neither. Cliff's delta is 2 A₁₂ − 1.</param>
/// <param name="Largest">The largest distance of the two cumulative distributions, within [0, 1].</param>
/// <param name="Transport">Wasserstein's distance: the mean change in nanoseconds that turns the one into the other.</param>
internal readonly record struct DistributionDistance(double Superiority, double Largest, double Transport)
{
    /// <summary>One pass over the distinct latencies of both.</summary>
    /// <param name="first">At least one packet.</param>
    /// <param name="second">At least one packet.</param>
    public static DistributionDistance Of(LatencyDistribution first, LatencyDistribution second)
    {
        var (superiority, largest, transport) = (0.0, 0.0, 0.0);
        var (i, j, passedFirst, passedSecond) = (0, 0, 0.0, 0.0);
        var last = Math.Min(first.Minimum, second.Minimum);
        while (i < first.Values.Length || j < second.Values.Length)
        {
            var value = Math.Min(i < first.Values.Length ? first.Values[i] : long.MaxValue, j < second.Values.Length ? second.Values[j] : long.MaxValue);
            transport += Math.Abs(passedFirst - passedSecond) * (value - last);
            last = value;
            var here = i < first.Values.Length && first.Values[i] == value ? (double)first.Counts[i++] / first.Count : 0;
            var there = j < second.Values.Length && second.Values[j] == value ? (double)second.Counts[j++] / second.Count : 0;
            superiority += here * (passedSecond + (there / 2));
            (passedFirst, passedSecond) = (passedFirst + here, passedSecond + there);
            largest = Math.Max(largest, Math.Abs(passedFirst - passedSecond));
        }

        return new DistributionDistance(superiority, largest, transport);
    }
}
