using System.Numerics;
using Campaign.Units;

namespace Campaign.Analysis.Statistics;

/// <summary>Whether matched differences point to one side by more than chance: every sign is turned in every combination, and the mean compared.</summary>
/// <remarks>Source: R. A. Fisher, "The Design of Experiments", 1935, section 21. Exact up to 2²⁰ combinations, beyond that from a sample of 10⁵ (the observed one included).</remarks>
internal static class SignFlip
{
    private const int ExactUpTo = 20;
    private const int Sample = 100_000;

    /// <summary>Two-sided probability of so large a mean.</summary>
    /// <param name="differences">At least one.</param>
    /// <param name="seed">Of the sample.</param>
    public static double P(IReadOnlyList<double> differences, long seed)
    {
        double[] sizes = [.. differences.Select(Math.Abs)];
        // Sums of the same numbers in another order differ in the last digits.
        var limit = Math.Abs(differences.Sum()) - (1e-12 * sizes.Sum());
        return sizes.Length <= ExactUpTo ? Exact(sizes, limit) : Sampled(sizes, limit, new SeededRandom(seed));
    }

    private static double Exact(double[] sizes, double limit)
    {
        // Gray code: from one combination to the next a single sign turns.
        var (combinations, reached, sum) = (1L << sizes.Length, 0L, sizes.Sum());
        var positive = Enumerable.Repeat(true, sizes.Length).ToArray();
        for (var i = 1L; ; i++)
        {
            reached += Math.Abs(sum) >= limit ? 1 : 0;
            if (i == combinations)
            {
                return (double)reached / combinations;
            }

            var turned = BitOperations.TrailingZeroCount(i);
            positive[turned] = !positive[turned];
            sum += positive[turned] ? 2 * sizes[turned] : -2 * sizes[turned];
        }
    }

    private static double Sampled(double[] sizes, double limit, SeededRandom random)
    {
        var reached = 1;
        for (var i = 1; i < Sample; i++)
        {
            var sum = 0.0;
            foreach (var size in sizes)
            {
                sum += random.NextBits() >> 63 == 0 ? size : -size;
            }

            reached += Math.Abs(sum) >= limit ? 1 : 0;
        }

        return (double)reached / Sample;
    }
}
