namespace Campaign.Analysis.Statistics;

/// <summary>Probabilities of many tests, adjusted so that looking often enough does not find what is not there.</summary>
/// <remarks>
/// Sources: S. Holm, "A simple sequentially rejective multiple test procedure", Scand. J. Statist. 6(2), 1979 (no false difference in the family);
/// Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate", J. R. Statist. Soc. B 57(1), 1995 (few among those that are said).
/// </remarks>
internal static class Multiplicity
{
    /// <returns>In the order of the input, each at most 1.</returns>
    public static double[] Holm(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        var (largest, rank) = (0.0, 0);
        foreach (var i in Order(probabilities))
        {
            largest = Math.Max(largest, Math.Min(1, (probabilities.Count - rank++) * probabilities[i]));
            adjusted[i] = largest;
        }

        return adjusted;
    }

    /// <returns>In the order of the input, each at most 1.</returns>
    public static double[] BenjaminiHochberg(IReadOnlyList<double> probabilities)
    {
        var adjusted = new double[probabilities.Count];
        var (smallest, rank) = (1.0, probabilities.Count);
        foreach (var i in Order(probabilities).Reverse())
        {
            smallest = Math.Min(smallest, probabilities[i] * probabilities.Count / rank--);
            adjusted[i] = smallest;
        }

        return adjusted;
    }

    private static IEnumerable<int> Order(IReadOnlyList<double> probabilities) => Enumerable.Range(0, probabilities.Count).OrderBy(i => probabilities[i]);
}
