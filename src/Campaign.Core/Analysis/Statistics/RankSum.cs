using System.Collections.Immutable;

namespace Campaign.Analysis.Statistics;

/// <summary>
/// Two small samples that are not matched, such as the repeats of two cells: Mann and Whitney's test, the Hodges–Lehmann shift with its exact interval, and the
/// permutation test of the means.
/// </summary>
/// <remarks>
/// Source: H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the other", Ann. Math. Statist. 18(1), 1947;
/// M. Hollander and D. A. Wolfe, "Nonparametric Statistical Methods", 2nd edition 1999, chapter 4. Exact counts suppose that no two values are equal.
/// </remarks>
/// <param name="first">At least one value.</param>
/// <param name="second">At least one value.</param>
internal sealed class RankSum(IReadOnlyList<double> first, IReadOnlyList<double> second)
{
    private readonly ImmutableArray<double> _shifts = [.. first.SelectMany(x => second.Select(y => x - y)).Order()];

    /// <summary>Pairs in which the first sample is larger, ties half.</summary>
    public double U => _shifts.Sum(d => d > 0 ? 1 : d == 0 ? 0.5 : 0);

    /// <summary>Probability that a value of the first is larger than one of the second (Vargha and Delaney's A₁₂).</summary>
    public double Superiority => U / _shifts.Length;

    /// <summary>The median of all differences between the two.</summary>
    public double Shift => OrderStatistics.Median(_shifts);

    /// <summary>Two-sided exact probability of so uneven a U.</summary>
    public double P => Math.Min(1, 2 * Math.Min(PGreater, Below((int)Math.Floor(U))));

    /// <summary>Exact probability of a U at least so large.</summary>
    public double PGreater => Below((int)Math.Floor(_shifts.Length - U));

    /// <summary>Two-sided probability by the normal approximation.</summary>
    /// <param name="corrected">With the correction for continuity.</param>
    public double PNormal(bool corrected)
    {
        var deviation = Math.Sqrt(_shifts.Length * (first.Count + second.Count + 1) / 12.0);
        var distance = Math.Abs(U - (_shifts.Length / 2.0));
        return Distributions.NormalBeyond(Math.Max(0, distance - (corrected ? 0.5 : 0)) / deviation);
    }

    /// <summary>Between which shifts the truth lies.</summary>
    /// <returns>Null when so few values cannot bound it with that confidence.</returns>
    public (double Low, double High)? Interval(double confidence)
    {
        var (tail, counts) = ((1 - confidence) / 2, Counts());
        var all = counts.Sum();
        if (1 / all > tail)
        {
            return null;
        }

        var rank = 0;
        for (var passed = counts[0]; passed / all < tail; passed += counts[rank])
        {
            rank++;
        }

        rank = Math.Max(1, rank);
        return (_shifts[rank - 1], _shifts[^rank]);
    }

    /// <summary>Two-sided exact probability of so different means when labels are a matter of chance. Every choice is looked at: at most about 20 values in all.</summary>
    public double PermutationP()
    {
        double[] all = [.. first, .. second];
        var (total, size) = (all.Sum(), first.Count);
        var limit = Math.Abs(first.Average() - second.Average()) * (1 - 1e-12);
        var (reached, choices) = (0L, 0L);
        void Choose(int from, int left, double sum)
        {
            if (left == 0)
            {
                choices++;
                reached += Math.Abs((sum / size) - ((total - sum) / second.Count)) >= limit ? 1 : 0;
                return;
            }

            for (var i = from; i <= all.Length - left; i++)
            {
                Choose(i + 1, left - 1, sum + all[i]);
            }
        }

        Choose(0, size, 0);
        return (double)reached / choices;
    }

    private double Below(int u)
    {
        var counts = Counts();
        return counts.Take(u + 1).Sum() / counts.Sum();
    }

    // How many orders of the two samples have each U: f(m, n, u) = f(m − 1, n, u − n) + f(m, n − 1, u).
    private double[] Counts()
    {
        var rows = Enumerable.Range(0, second.Count + 1).Select(_ => new double[_shifts.Length + 1]).ToArray();
        foreach (var row in rows)
        {
            row[0] = 1;
        }

        for (var m = 1; m <= first.Count; m++)
        {
            var next = Enumerable.Range(0, second.Count + 1).Select(_ => new double[_shifts.Length + 1]).ToArray();
            next[0][0] = 1;
            for (var n = 1; n <= second.Count; n++)
            {
                for (var u = 0; u <= m * n; u++)
                {
                    next[n][u] = (u >= n ? rows[n][u - n] : 0) + next[n - 1][u];
                }
            }

            rows = next;
        }

        return rows[second.Count];
    }
}
