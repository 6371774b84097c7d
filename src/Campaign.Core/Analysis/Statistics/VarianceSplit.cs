namespace Campaign.Analysis.Statistics;

/// <summary>How much figures vary between groups and within them: the one-way analysis of variance with random effects.</summary>
/// <remarks>
/// Source: G. W. Snedecor and W. G. Cochran, "Statistical Methods", 8th edition 1989, chapter 13. Groups of unequal size by their harmonic-type mean size,
/// m₀ = (N − Σmᵢ²/N)/(k − 1). What follows for repeats: T. Kalibera and R. Jones, "Rigorous benchmarking in reasonable time", ISMM 2013.
/// </remarks>
/// <param name="MeanSquareBetween">With k − 1 degrees of freedom.</param>
/// <param name="MeanSquareWithin">With N − k degrees of freedom; the variance within groups.</param>
/// <param name="Between">The variance between groups, at least 0.</param>
/// <param name="F">Ratio of the mean squares.</param>
/// <param name="P">Of so large an F when groups do not differ.</param>
internal readonly record struct VarianceSplit(double MeanSquareBetween, double MeanSquareWithin, double Between, double F, double P)
{
    public double Within => MeanSquareWithin;

    /// <summary>The share of the variance that lies between groups (intraclass correlation), within [0, 1].</summary>
    public double Correlation => Between / (Between + Within);

    /// <returns>Null with fewer than two groups, no group of two, or no variance at all.</returns>
    public static VarianceSplit? Of(IEnumerable<IReadOnlyCollection<double>> groups)
    {
        IReadOnlyCollection<double>[] some = [.. groups.Where(g => g.Count > 0)];
        var total = some.Sum(g => g.Count);
        if (some.Length < 2 || total <= some.Length)
        {
            return null;
        }

        var mean = some.SelectMany(g => g).Average();
        var between = some.Sum(g => g.Count * Square(g.Average() - mean)) / (some.Length - 1);
        var within = some.Sum(g => g.Sum(v => Square(v - g.Average()))) / (total - some.Length);
        if (within <= 0)
        {
            return null;
        }

        var size = (total - (some.Sum(g => (double)g.Count * g.Count) / total)) / (some.Length - 1);
        var f = between / within;
        return new VarianceSplit(between, within, Math.Max(0, (between - within) / size), f, Distributions.FisherAbove(f, some.Length - 1, total - some.Length));
    }

    private static double Square(double value) => value * value;
}
