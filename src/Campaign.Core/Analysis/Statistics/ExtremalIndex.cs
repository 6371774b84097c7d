namespace Campaign.Analysis.Statistics;

/// <summary>
/// How clustered the largest latencies are: the extremal index θ, whose inverse is the mean number of packets in a cluster. 1: each comes alone; 0.01: a hundred
/// at a time, so that the tail says a hundredth of what its number of packets suggests.
/// </summary>
/// <remarks>Source: C. A. T. Ferro and J. Segers, "Inference for clusters of extreme values", J. R. Statist. Soc. B 65(2), 2003: the intervals estimator.</remarks>
internal static class ExtremalIndex
{
    /// <param name="places">Places of the exceedances in the sequence of packets, ascending, distinct.</param>
    /// <returns>Within (0, 1]; null with fewer than two exceedances.</returns>
    public static double? Of(IReadOnlyList<long> places)
    {
        if (places.Count < 2)
        {
            return null;
        }

        double[] gaps = [.. places.Zip(places.Skip(1), (a, b) => (double)(b - a))];
        var (sum, squares) = gaps.Max() <= 2
            ? (gaps.Sum(), gaps.Sum(g => g * g))
            : (gaps.Sum(g => g - 1), gaps.Sum(g => (g - 1) * (g - 2)));
        return Math.Min(1, 2 * sum * sum / (gaps.Length * squares));
    }
}
