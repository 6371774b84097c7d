namespace Campaign.Analysis.Statistics;

/// <summary>Events of two runs that happen at the same time after their start, and how many would by chance.</summary>
/// <remarks>
/// Events of one run are matched in turn with the next unmatched ones of the other within a tolerance τ. By chance, if both were strewn evenly over T, the number is Poisson
/// with mean n₁ n₂ 2τ/T. Events that come regularly coincide more easily than that.
/// </remarks>
/// <param name="Matches">Times in the first and in the second run.</param>
/// <param name="Expected">How many by chance.</param>
internal sealed record Coincidence(IReadOnlyList<(double First, double Second)> Matches, double Expected)
{
    /// <summary>By how much events of the second run come later than those of the first.</summary>
    public double Shift { get; private init; }

    /// <summary>Shifts that were tried; 0: none but 0.</summary>
    public int Tried { get; private init; }

    /// <summary>Probability of at least so many by chance.</summary>
    public double P => Tried == 0 ? Distributions.PoissonAtLeast(Matches.Count, Expected) : Math.Min(1, Tried * Distributions.PoissonAtLeast(Matches.Count - 1, Expected));

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

    /// <summary>
    /// The same for runs of which one began later than the other, by the shift that brings most events together. Every shift that brings any two together was tried, so the
    /// probability is that of the further matches, times the number of shifts (Bonferroni).
    /// </summary>
    /// <param name="first">Times of events, ascending.</param>
    /// <param name="second">Times of events, ascending.</param>
    /// <param name="tolerance">In the unit of the times.</param>
    /// <param name="duration">Of the shorter run.</param>
    public static Coincidence OfShifted(IReadOnlyList<double> first, IReadOnlyList<double> second, double tolerance, double duration)
    {
        double[] shifts = [.. second.SelectMany(b => first.Select(a => b - a))];
        var best = shifts.Select(s => (Shift: s, Found: Of(first, [.. second.Select(t => t - s)], tolerance, duration))).MaxBy(s => s.Found.Matches.Count);
        return best.Found is null ? new Coincidence([], 0) : best.Found with { Shift = best.Shift, Tried = shifts.Length };
    }
}
