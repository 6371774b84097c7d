namespace Campaign.Analysis.Statistics;

/// <summary>How many repeats of each of two cells it takes until the ratio of a figure is known to some per cent.</summary>
/// <remarks>
/// The smallest R with t(2R − 2) · s · √(2/R) ≤ ln(1 + margin), where s is the standard deviation of the logarithms between repeats: the half-width of Student's interval.
/// See T. Kalibera and R. Jones, "Rigorous benchmarking in reasonable time", ISMM 2013.
/// </remarks>
internal static class RepeatAdvice
{
    /// <summary>More are never advised: whoever needs so many has another problem.</summary>
    public const int AtMost = 10_000;

    /// <param name="deviation">Standard deviation of the logarithms between repeats.</param>
    /// <param name="margin">0.05 is ± 5 %.</param>
    /// <returns>At least 2, at most <see cref="AtMost"/>.</returns>
    public static int Repeats(double deviation, double margin, double confidence = 0.95)
    {
        bool Enough(int repeats) =>
            Distributions.StudentQuantile((1 + confidence) / 2, (2 * repeats) - 2) * deviation * Math.Sqrt(2.0 / repeats) <= Math.Log(1 + margin);
        var (low, high) = (1, AtMost);
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            (low, high) = Enough(middle) ? (low, middle) : (middle, high);
        }

        return high;
    }
}
