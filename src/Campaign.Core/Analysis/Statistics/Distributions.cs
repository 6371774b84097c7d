using MathNet.Numerics;
using MathNet.Numerics.Distributions;

namespace Campaign.Analysis.Statistics;

/// <summary>The probability distributions that the procedures of this folder need. Counts are <c>long</c>: a trial may have 10⁹ packets.</summary>
/// <remarks>
/// Arithmetic by MathNet.Numerics. Binomial probabilities go through the regularised incomplete beta function (M. Abramowitz and I. Stegun, "Handbook of
/// Mathematical Functions", 26.5.24), whose relative error at 10⁸ trials is about 10⁻⁷.
/// </remarks>
internal static class Distributions
{
    /// <summary>P(X ≤ k) for X binomial with n trials of probability p.</summary>
    public static double Binomial(long k, long n, double p) =>
        k < 0 ? 0 : k >= n ? 1 : SpecialFunctions.BetaRegularized(n - k, k + 1, 1 - p);

    /// <summary>The smallest k with P(X ≤ k) ≥ q.</summary>
    public static long BinomialQuantile(double q, long n, double p)
    {
        var spread = Math.Sqrt(n * p * (1 - p)) + 1;
        var guess = (n * p) + (Normal.InvCDF(0, 1, q) * spread);
        var (low, high) = (Math.Clamp((long)(guess - spread), -1, n), Math.Clamp((long)(guess + spread), 0, n));
        while (low >= 0 && Binomial(low, n, p) >= q)
        {
            low = Math.Max(-1, low - (long)spread);
        }

        while (high < n && Binomial(high, n, p) < q)
        {
            high = Math.Min(n, high + (long)spread);
        }

        // Binomial(low) < q ≤ Binomial(high).
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = Binomial(middle, n, p) >= q ? (low, middle) : (middle, high);
        }

        return high;
    }

    /// <summary>P(X ≤ x) for X beta with shapes a and b.</summary>
    public static double Beta(double a, double b, double x) => SpecialFunctions.BetaRegularized(a, b, x);

    /// <summary>The x with P(X ≤ x) = q for X beta with shapes a and b, by bisection, because Newton's method loses digits at shapes of 10⁸.</summary>
    public static double BetaQuantile(double a, double b, double q)
    {
        var (low, high) = (0.0, 1.0);
        for (var step = 0; step < 1100 && low < high; step++)
        {
            // In relative terms as long as the lower bound is 0: quantiles may be 10⁻⁹.
            var middle = low > 0 ? low + ((high - low) / 2) : high / 2;
            if (middle <= low || middle >= high)
            {
                break;
            }

            (low, high) = Beta(a, b, middle) < q ? (middle, high) : (low, middle);
        }

        return high;
    }

    /// <summary>The t with P(T ≤ t) = q for Student's T; degrees of freedom need not be whole.</summary>
    public static double StudentQuantile(double q, double freedom) => StudentT.InvCDF(0, 1, freedom, q);

    /// <summary>P(T ≥ t) for Student's T.</summary>
    public static double StudentAbove(double t, double freedom) => StudentT.CDF(0, 1, freedom, -t);

    /// <summary>P(|Z| ≥ |z|) for Z standard normal.</summary>
    public static double NormalBeyond(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));

    /// <summary>The z with P(Z ≤ z) = q for Z standard normal.</summary>
    public static double NormalQuantile(double q) => Normal.InvCDF(0, 1, q);

    /// <summary>P(F ≥ f) for Fisher and Snedecor's F.</summary>
    public static double FisherAbove(double f, double numerator, double denominator) => 1 - FisherSnedecor.CDF(numerator, denominator, f);

    /// <summary>P(X ≥ k) for X Poisson with this mean.</summary>
    public static double PoissonAtLeast(long k, double mean) =>
        k <= 0 || mean > 20.0 * (k + 10) ? 1 : mean <= 0 ? 0 : SpecialFunctions.GammaLowerRegularized(k, mean);

    /// <summary>ln n!</summary>
    public static double LogFactorial(long n) => SpecialFunctions.GammaLn(n + 1.0);
}
