using MathNet.Numerics.Distributions;

namespace Campaign.Analysis.Statistics;

/// <summary>
/// How much larger one level is than another, over matched groups of trials: Welch's interval on logarithms. The difference of the mean logarithms is averaged over the
/// groups; its variance is the mean of theirs over the number of groups, its degrees of freedom are those of Welch and Satterthwaite (B. L. Welch, "The generalization
/// of 'Student's' problem when several different population variances are involved", Biometrika 34, 1947).
/// </summary>
internal static class LogRatio
{
    /// <param name="groups">For each group the figures of the baseline's trials and of the level's, all above 0. Groups with fewer than two on a side say nothing of spread and are left out.</param>
    /// <param name="confidence">Of the interval, within (0, 1).</param>
    /// <returns>Bounds of the ratio; null when no group has two trials on both sides, or nothing varies.</returns>
    public static (double Low, double High)? Interval(IEnumerable<(double[] Baseline, double[] Level)> groups, double confidence = 0.95)
    {
        (double[] Baseline, double[] Level)[] usable = [.. groups.Where(g => g.Baseline.Length > 1 && g.Level.Length > 1)
            .Select(g => (Array.ConvertAll(g.Baseline, Math.Log), Array.ConvertAll(g.Level, Math.Log)))];
        if (usable.Length == 0)
        {
            return null;
        }

        var difference = usable.Average(g => g.Level.Average() - g.Baseline.Average());
        double[] variances = [.. usable.SelectMany(g => new[] { VarianceOfMean(g.Baseline), VarianceOfMean(g.Level) })];
        int[] freedoms = [.. usable.SelectMany(g => new[] { g.Baseline.Length - 1, g.Level.Length - 1 })];
        var variance = variances.Sum();
        if (variance <= 0)
        {
            return null;
        }

        var freedom = variance * variance / variances.Zip(freedoms, (v, f) => v * v / f).Sum();
        var half = StudentT.InvCDF(0, 1, freedom, (1 + confidence) / 2) * Math.Sqrt(variance) / usable.Length;
        return (Math.Exp(difference - half), Math.Exp(difference + half));
    }

    private static double VarianceOfMean(double[] values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length;
    }
}
