namespace Campaign.Analysis.Statistics;

/// <summary>Events in two stretches of time: how many times as often they came in the first, exactly.</summary>
/// <remarks>
/// Source: J. Przyborowski and H. Wilenski, "Homogeneity of results in testing samples from Poisson series", Biometrika 31, 1940: given the sum, the first count is
/// binomial. Interval from <see cref="Proportion"/>.
/// </remarks>
/// <param name="Ratio">Of the rates; infinite when the second stretch has none.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval; may be infinite.</param>
/// <param name="P">Two-sided exact probability of such counts when the rates are the same.</param>
internal readonly record struct RateRatio(double Ratio, double Low, double High, double P)
{
    private const double Confidence = 0.95;

    /// <param name="first">Events in the first stretch.</param>
    /// <param name="firstTime">Its length, above 0.</param>
    /// <param name="second">Events in the second stretch.</param>
    /// <param name="secondTime">Its length, above 0, in the same unit.</param>
    /// <returns>Null when there is no event at all.</returns>
    public static RateRatio? Of(long first, double firstTime, long second, double secondTime)
    {
        var total = first + second;
        if (total == 0)
        {
            return null;
        }

        var (low, high) = Proportion.Interval(first, total, Confidence);
        double Odds(double share) => share >= 1 ? double.PositiveInfinity : share / (1 - share) * secondTime / firstTime;
        return new RateRatio(first / firstTime / (second / secondTime), Odds(low), Odds(high), TwoSided(first, total, firstTime / (firstTime + secondTime)));
    }

    // All counts that are no likelier than the observed one.
    private static double TwoSided(long count, long total, double share)
    {
        double Log(long k) => Distributions.LogFactorial(total) - Distributions.LogFactorial(k) - Distributions.LogFactorial(total - k)
            + (k * Math.Log(share)) + ((total - k) * Math.Log(1 - share));
        var limit = Log(count) + 1e-7;
        var sum = 0.0;
        for (var k = 0L; k <= total; k++)
        {
            sum += Log(k) <= limit ? Math.Exp(Log(k)) : 0;
        }

        return Math.Min(1, sum);
    }
}
