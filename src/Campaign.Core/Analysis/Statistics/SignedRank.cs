namespace Campaign.Analysis.Statistics;

/// <summary>
/// Matched differences: the Hodges–Lehmann estimate of their centre, its exact interval, and the probability of such differences when there is no effect, by
/// Wilcoxon's signed ranks; by permutation of signs where differences tie or are 0, because the ranks' distribution is then another.
/// </summary>
/// <remarks>
/// Source: J. L. Hodges and E. L. Lehmann, "Estimates of location based on rank tests", Ann. Math. Statist. 34(2), 1963; M. Hollander and D. A. Wolfe,
/// "Nonparametric Statistical Methods", 2nd edition 1999, chapter 3.
/// </remarks>
internal sealed class SignedRank
{
    private const int ExactUpTo = 200;
    private readonly double[] _differences;
    private readonly double[] _walsh;

    /// <param name="differences">At least one.</param>
    public SignedRank(IEnumerable<double> differences)
    {
        _differences = [.. differences];
        _walsh = [.. _differences.SelectMany((a, i) => _differences.Skip(i).Select(b => (a + b) / 2)).Order()];
    }

    public int Count => _differences.Length;

    /// <summary>The median of the means of all pairs, each difference with itself included.</summary>
    public double Centre => OrderStatistics.Median(_walsh);

    /// <summary>Wilcoxon's V: the sum of the ranks of the positive differences, zeros left out.</summary>
    public double V
    {
        get
        {
            double[] nonZero = [.. _differences.Where(d => d != 0)];
            var ranks = Ranks.Of([.. nonZero.Select(Math.Abs)]);
            return nonZero.Zip(ranks).Where(d => d.First > 0).Sum(d => d.Second);
        }
    }

    /// <summary>Whether two differences have the same size, or one is 0.</summary>
    public bool HasTies => _differences.Contains(0) || _differences.Select(Math.Abs).Distinct().Count() < Count;

    /// <summary>Two-sided probability of differences at least so far to one side when signs are a matter of chance.</summary>
    /// <param name="seed">For samples of permutations, when there are too many of them.</param>
    public double P(long seed)
    {
        if (HasTies)
        {
            return SignFlip.P(_differences, seed);
        }

        var v = Math.Min(V, _walsh.Length - V);
        return Math.Min(1, 2 * Below((int)v));
    }

    /// <summary>Between which centres the truth lies.</summary>
    /// <param name="confidence">Within (0, 1).</param>
    /// <returns>Null when so few differences cannot bound it with that confidence.</returns>
    public (double Low, double High)? Interval(double confidence)
    {
        var tail = (1 - confidence) / 2;
        if (2 * Math.Pow(0.5, Count) > 2 * tail)
        {
            return null;
        }

        var rank = Quantile(tail);
        return (_walsh[rank - 1], _walsh[^rank]);
    }

    // P(V ≤ v): exact by counting the subsets of ranks with each sum, with the normal approximation beyond what is worth counting.
    private double Below(int v)
    {
        if (Count > ExactUpTo)
        {
            var (mean, deviation) = (_walsh.Length / 2.0, Math.Sqrt(_walsh.Length * ((2 * Count) + 1) / 12.0));
            return Distributions.NormalBeyond((mean - v - 0.5) / deviation) / 2;
        }

        return Probabilities().Take(v + 1).Sum();
    }

    // The smallest v with P(V ≤ v) ≥ tail, at least 1.
    private int Quantile(double tail)
    {
        if (Count > ExactUpTo)
        {
            var (mean, deviation) = (_walsh.Length / 2.0, Math.Sqrt(_walsh.Length * ((2 * Count) + 1) / 12.0));
            return Math.Max(1, (int)Math.Ceiling(mean + (Distributions.NormalQuantile(tail) * deviation)));
        }

        var passed = 0.0;
        var probabilities = Probabilities();
        for (var v = 0; v < probabilities.Length; v++)
        {
            passed += probabilities[v];
            if (passed >= tail * (1 - 1e-12))
            {
                return Math.Max(1, v);
            }
        }

        return probabilities.Length - 1;
    }

    private double[] Probabilities()
    {
        var probabilities = new double[_walsh.Length + 1];
        probabilities[0] = 1;
        for (var rank = 1; rank <= Count; rank++)
        {
            for (var sum = rank * (rank + 1) / 2; sum >= 0; sum--)
            {
                probabilities[sum] = (probabilities[sum] + (sum >= rank ? probabilities[sum - rank] : 0)) / 2;
            }
        }

        return probabilities;
    }
}
