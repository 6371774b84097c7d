namespace Campaign.Analysis.Statistics;

/// <summary>How many values at the beginning of a series are unlike the rest.</summary>
/// <remarks>Source: K. P. White, "An effective truncation heuristic for bias reduction in simulation output", Simulation 69(6), 1997: the marginal standard error rule (MSER).</remarks>
internal static class WarmUp
{
    /// <param name="series">In the order of time.</param>
    /// <returns>How many to leave out, at most half; 0 when there are fewer than four.</returns>
    public static int Of(IReadOnlyList<double> series)
    {
        var (best, smallest) = (0, double.PositiveInfinity);
        for (var cut = 0; cut <= series.Count / 2 && series.Count >= 4; cut++)
        {
            var rest = series.Skip(cut).ToArray();
            var mean = rest.Average();
            var error = rest.Sum(v => (v - mean) * (v - mean)) / ((double)rest.Length * rest.Length);
            (best, smallest) = error < smallest ? (cut, error) : (best, smallest);
        }

        return best;
    }
}
