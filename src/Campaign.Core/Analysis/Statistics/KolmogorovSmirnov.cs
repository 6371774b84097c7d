namespace Campaign.Analysis.Statistics;

/// <summary>The largest distance of two samples' cumulative distributions, for small samples of runs or stalls.</summary>
/// <remarks>
/// Sources: exact probability by counting lattice paths, J. L. Hodges, "The significance probability of the Smirnov two-sample test", Arkiv för Matematik 3, 1958;
/// limit by A. Kolmogorov 1933.
/// </remarks>
internal static class KolmogorovSmirnov
{
    /// <param name="first">At least one value.</param>
    /// <param name="second">At least one value.</param>
    public static double Distance(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second) =>
        first.Concat(second).Distinct().Max(x => Math.Abs(((double)first.Count(v => v <= x) / first.Count) - ((double)second.Count(v => v <= x) / second.Count)));

    /// <summary>Exact probability of at least this distance when both samples are of one distribution, without ties.</summary>
    /// <param name="distance">As observed.</param>
    /// <param name="m">Size of the first sample.</param>
    /// <param name="n">Size of the second sample.</param>
    public static double P(double distance, int m, int n)
    {
        // Shares of paths, so that nothing overflows: from each point a path goes on as the rest of both samples is.
        var limit = distance - 1e-12;
        var within = new double[n + 1];
        for (var i = 0; i <= m; i++)
        {
            for (var j = 0; j <= n; j++)
            {
                var reached = i + j == 0
                    ? 1
                    : ((i > 0 ? within[j] * i : 0) + (j > 0 ? within[j - 1] * j : 0)) / (i + j);
                within[j] = Math.Abs(((double)i / m) - ((double)j / n)) >= limit ? 0 : reached;
            }
        }

        return 1 - within[n];
    }

    /// <summary>The same for large samples: P(K ≥ x) of Kolmogorov's distribution, x = distance · √(mn/(m+n)).</summary>
    public static double Limit(double x)
    {
        if (x <= 0)
        {
            return 1;
        }

        var sum = 0.0;
        for (var k = 1; k <= 100; k++)
        {
            sum += (k % 2 == 1 ? 1 : -1) * Math.Exp(-2.0 * k * k * x * x);
        }

        return Math.Clamp(2 * sum, 0, 1);
    }
}
