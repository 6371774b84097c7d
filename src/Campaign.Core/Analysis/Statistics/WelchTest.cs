namespace Campaign.Analysis.Statistics;

/// <summary>Two small samples that need not vary alike: the difference of their means with its uncertainty.</summary>
/// <remarks>Source: B. L. Welch, "The generalization of 'Student's' problem when several different population variances are involved", Biometrika 34, 1947.</remarks>
/// <param name="Difference">Mean of the first less mean of the second.</param>
/// <param name="StandardError">Of the difference, above 0.</param>
/// <param name="Freedom">Degrees of freedom by Welch and Satterthwaite.</param>
internal readonly record struct WelchTest(double Difference, double StandardError, double Freedom)
{
    public double T => Difference / StandardError;

    /// <summary>Two-sided probability of so large a difference when there is none.</summary>
    public double P => 2 * Distributions.StudentAbove(Math.Abs(T), Freedom);

    /// <returns>Null when a side has fewer than two values, or nothing varies.</returns>
    public static WelchTest? Of(IReadOnlyCollection<double> first, IReadOnlyCollection<double> second) => Pooled([(first, second)]);

    /// <summary>The same over several groups, each with its own two samples: the mean of their differences.</summary>
    /// <returns>Null when no group has two values on both sides, or nothing varies. Groups without are left out.</returns>
    public static WelchTest? Pooled(IEnumerable<(IReadOnlyCollection<double> First, IReadOnlyCollection<double> Second)> groups)
    {
        (IReadOnlyCollection<double> First, IReadOnlyCollection<double> Second)[] usable = [.. groups.Where(g => g.First.Count > 1 && g.Second.Count > 1)];
        (double Variance, int Freedom)[] parts = [.. usable.SelectMany(g => new[] { g.First, g.Second }).Select(s => (VarianceOfMean(s), s.Count - 1))];
        var variance = parts.Sum(p => p.Variance);
        return variance <= 0
            ? null
            : new WelchTest(
                usable.Average(g => g.First.Average() - g.Second.Average()),
                Math.Sqrt(variance) / usable.Length,
                variance * variance / parts.Sum(p => p.Variance * p.Variance / p.Freedom));
    }

    /// <summary>Between which differences the truth lies.</summary>
    /// <param name="confidence">Within (0, 1), two-sided.</param>
    public (double Low, double High) Interval(double confidence)
    {
        var half = Distributions.StudentQuantile((1 + confidence) / 2, Freedom) * StandardError;
        return (Difference - half, Difference + half);
    }

    private static double VarianceOfMean(IReadOnlyCollection<double> values)
    {
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean)) / (values.Count - 1) / values.Count;
    }
}
