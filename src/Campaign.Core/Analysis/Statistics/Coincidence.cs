namespace Campaign.Analysis.Statistics;

/// <summary>Events of two runs that happen at the same time after their start, and how many would by chance.</summary>
/// <remarks>
/// Events of one run are matched with the nearest unmatched ones of the other within a tolerance τ. By chance, if both were strewn evenly over T, the number is Poisson
/// with mean n₁ n₂ 2τ/T.
/// </remarks>
/// <param name="Matches">Times in the first and in the second run.</param>
/// <param name="Expected">How many by chance.</param>
internal sealed record Coincidence(IReadOnlyList<(double First, double Second)> Matches, double Expected)
{
    /// <summary>Probability of at least so many by chance.</summary>
    public double P => Distributions.PoissonAtLeast(Matches.Count, Expected);

    /// <param name="first">Times of events, ascending.</param>
    /// <param name="second">Times of events, ascending.</param>
    /// <param name="tolerance">In the unit of the times.</param>
    /// <param name="duration">Of the shorter run.</param>
    public static Coincidence Of(IReadOnlyList<double> first, IReadOnlyList<double> second, double tolerance, double duration)
    {
        var matches = new List<(double, double)>();
        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            if (Math.Abs(first[i] - second[j]) <= tolerance)
            {
                matches.Add((first[i++], second[j++]));
            }
            else if (first[i] < second[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return new Coincidence(matches, duration <= 0 ? 0 : first.Count * second.Count * 2 * tolerance / duration);
    }

    /// <summary>The same for the gaps between neighbouring events, which stay when one run began later than the other.</summary>
    /// <param name="first">Times of events, ascending.</param>
    /// <param name="second">Times of events, ascending.</param>
    /// <param name="tolerance">In the unit of the times.</param>
    /// <param name="duration">Of the shorter run.</param>
    public static Coincidence OfGaps(IReadOnlyList<double> first, IReadOnlyList<double> second, double tolerance, double duration)
    {
        static double[] Gaps(IReadOnlyList<double> times) => [.. times.Zip(times.Skip(1), (a, b) => b - a).Order()];
        return Of(Gaps(first), Gaps(second), tolerance, duration);
    }
}
