namespace Campaign.Analysis.Statistics;

/// <summary>Between which shares the truth lies when some of many were counted.</summary>
/// <remarks>
/// Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", Biometrika 26(4), 1934. Exact and
/// cautious. It supposes that each packet is lost by itself; bursts make it too narrow.
/// </remarks>
internal static class Proportion
{
    /// <param name="count">How many, from 0 to <paramref name="of"/>.</param>
    /// <param name="of">Of how many, at least 1.</param>
    /// <param name="confidence">Two-sided, within (0, 1).</param>
    public static (double Low, double High) Interval(long count, long of, double confidence) =>
        (Lower(count, of, (1 + confidence) / 2), Upper(count, of, (1 + confidence) / 2));

    /// <summary>The share that the truth does not exceed, with this confidence.</summary>
    public static double Upper(long count, long of, double confidence) =>
        count >= of ? 1 : count == 0 ? -Math.Exp(Math.Log(1 - confidence) / of) + 1 : Distributions.BetaQuantile(count + 1, of - count, confidence);

    /// <summary>The share that the truth does not fall below, with this confidence.</summary>
    public static double Lower(long count, long of, double confidence) =>
        count <= 0 ? 0 : Distributions.BetaQuantile(count, of - count + 1, 1 - confidence);
}
