namespace Campaign.Analysis.Statistics;

/// <summary>Whether a series goes up or down, whatever its shape, and how fast.</summary>
/// <remarks>
/// Sources: H. B. Mann, "Nonparametric tests against trend", Econometrica 13, 1945, M. G. Kendall 1975 (with ties); P. K. Sen, "Estimates of the regression coefficient
/// based on Kendall's tau", JASA 63, 1968 (the median of all slopes).
/// </remarks>
/// <param name="S">Pairs that rise less pairs that fall.</param>
/// <param name="Variance">Of S when there is no trend.</param>
/// <param name="Slope">Change per step: the median over all pairs.</param>
internal readonly record struct Trend(long S, double Variance, double Slope)
{
    /// <summary>S in standard deviations, corrected for continuity.</summary>
    public double Z => Variance <= 0 ? 0 : (S - Math.Sign(S)) / Math.Sqrt(Variance);

    /// <summary>Two-sided probability of so clear a trend when there is none.</summary>
    public double P => Distributions.NormalBeyond(Z);

    /// <param name="series">In the order of time, evenly spaced, at least two.</param>
    public static Trend Of(IReadOnlyList<double> series)
    {
        var (s, slopes) = (0L, new List<double>(series.Count * (series.Count - 1) / 2));
        for (var i = 0; i < series.Count; i++)
        {
            for (var j = i + 1; j < series.Count; j++)
            {
                s += Math.Sign(series[j] - series[i]);
                slopes.Add((series[j] - series[i]) / (j - i));
            }
        }

        double n = series.Count;
        var ties = series.GroupBy(v => v).Select(g => (double)g.Count()).Sum(t => t * (t - 1) * ((2 * t) + 5));
        return new Trend(s, ((n * (n - 1) * ((2 * n) + 5)) - ties) / 18, OrderStatistics.Median(slopes));
    }
}
