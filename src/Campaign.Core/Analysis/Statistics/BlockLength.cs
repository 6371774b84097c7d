namespace Campaign.Analysis.Statistics;

/// <summary>How long the blocks of a block bootstrap should be, from the correlation of the series itself.</summary>
/// <remarks>
/// Source: D. N. Politis and H. White, "Automatic block-length selection for the dependent bootstrap", Econometric Reviews 23(1), 2004, with the correction of
/// A. Patton, D. N. Politis and H. White, Econometric Reviews 28(4), 2009: flat-top lag window, c = 2.
/// </remarks>
internal static class BlockLength
{
    private const double Critical = 2;

    /// <param name="series">In the order of time, at least 4 values that are not all alike.</param>
    /// <returns>For the stationary and for the circular bootstrap, at least 1, in values; both 1 when the series is too short or does not vary.</returns>
    public static (double Stationary, double Circular) Of(IReadOnlyList<double> series)
    {
        var n = series.Count;
        if (n < 4 || Covariance(series, 0) <= 0)
        {
            return (1, 1);
        }

        var near = Math.Max(5, (int)Math.Ceiling(Math.Sqrt(Math.Log10(n))));
        var most = Math.Min(n - 1 - near, (int)Math.Ceiling(Math.Sqrt(n)) + near);
        if (most < 1)
        {
            return (1, 1);
        }

        var covariances = Enumerable.Range(0, most + near + 1).Select(lag => Covariance(series, lag)).ToArray();
        var limit = Critical * Math.Sqrt(Math.Log10(n) / n);
        var m = Enumerable.Range(0, most + 1).FirstOrDefault(
            lag => Enumerable.Range(1, near).All(k => Math.Abs(covariances[lag + k] / covariances[0]) < limit), most);
        var window = Math.Min(2 * Math.Max(m, 1), most);
        var lags = Enumerable.Range(1, window).Select(k => (Lag: k, Weighted: FlatTop((double)k / window) * covariances[k])).ToArray();
        var slope = 2 * lags.Sum(l => l.Lag * l.Weighted);
        var level = covariances[0] + (2 * lags.Sum(l => l.Weighted));
        double Length(double variance) => Math.Clamp(Math.Cbrt(2 * slope * slope / variance * n), 1, Math.Ceiling(Math.Min(3 * Math.Sqrt(n), n / 3.0)));
        return (Length(2 * level * level), Length(4.0 / 3 * level * level));
    }

    private static double FlatTop(double t) => t <= 0.5 ? 1 : Math.Max(0, 2 * (1 - t));

    private static double Covariance(IReadOnlyList<double> series, int lag)
    {
        var mean = series.Average();
        return Enumerable.Range(0, series.Count - lag).Sum(t => (series[t] - mean) * (series[t + lag] - mean)) / series.Count;
    }
}
