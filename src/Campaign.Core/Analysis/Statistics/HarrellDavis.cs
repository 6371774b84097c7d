namespace Campaign.Analysis.Statistics;

/// <summary>A smooth percentile of a handful of values, such as repeats or stalls: a weighted mean of all order statistics.</summary>
/// <remarks>
/// Source: F. E. Harrell and C. E. Davis, "A new distribution-free quantile estimator", Biometrika 69(3), 1982; its standard error by J. S. Maritz and R. G. Jarrett,
/// "A note on estimating the variance of the sample median", JASA 73, 1978. Not for packets: 10⁸ of them need no smoothing.
/// </remarks>
internal static class HarrellDavis
{
    /// <param name="values">At least one, in any order.</param>
    /// <param name="p">Within (0, 1).</param>
    public static double Quantile(IReadOnlyCollection<double> values, double p)
    {
        var n = values.Count;
        return Weighted(values, (n + 1) * p, (n + 1) * (1 - p), v => v);
    }

    /// <summary>Standard error of the sample's percentile.</summary>
    /// <param name="values">At least one, in any order.</param>
    /// <param name="p">Within (0, 1).</param>
    public static double StandardError(IReadOnlyCollection<double> values, double p)
    {
        var m = Math.Floor((p * values.Count) + 0.5);
        var (a, b) = (m - 1, values.Count - m);
        var mean = Weighted(values, a, b, v => v);
        return Math.Sqrt(Math.Max(0, Weighted(values, a, b, v => v * v) - (mean * mean)));
    }

    private static double Weighted(IReadOnlyCollection<double> values, double a, double b, Func<double, double> of)
    {
        double n = values.Count;
        return values.Order().Select((value, i) => of(value) * (Beta(a, b, (i + 1) / n) - Beta(a, b, i / n))).Sum();
    }

    private static double Beta(double a, double b, double x) => x <= 0 ? 0 : x >= 1 ? 1 : Distributions.Beta(a, b, x);
}
