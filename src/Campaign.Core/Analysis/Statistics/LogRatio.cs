namespace Campaign.Analysis.Statistics;

/// <summary>
/// How much larger one level is than another, over matched groups of trials: <see cref="WelchTest"/> on logarithms, so that the interval is one of ratios. The
/// difference of the mean logarithms is averaged over the groups.
/// </summary>
internal static class LogRatio
{
    /// <summary>Ratio of the level to the baseline on a logarithmic scale.</summary>
    /// <param name="groups">For each group the figures of the baseline's trials and of the level's, all above 0. Groups with fewer than two on a side say nothing of spread and are left out.</param>
    /// <returns>Null when no group has two trials on both sides, or nothing varies.</returns>
    public static WelchTest? Test(IEnumerable<(double[] Baseline, double[] Level)> groups) =>
        WelchTest.Pooled(groups.Select(g => ((IReadOnlyCollection<double>)Array.ConvertAll(g.Level, Math.Log), (IReadOnlyCollection<double>)Array.ConvertAll(g.Baseline, Math.Log))));

    /// <param name="groups">As for <see cref="Test"/>.</param>
    /// <param name="confidence">Of the interval, within (0, 1).</param>
    /// <returns>Bounds of the ratio; null as for <see cref="Test"/>.</returns>
    public static (double Low, double High)? Interval(IEnumerable<(double[] Baseline, double[] Level)> groups, double confidence = 0.95) =>
        Test(groups)?.Interval(confidence) is { } interval ? (Math.Exp(interval.Low), Math.Exp(interval.High)) : null;
}
