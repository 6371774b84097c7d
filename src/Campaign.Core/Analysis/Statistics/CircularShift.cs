namespace Campaign.Analysis.Statistics;

/// <summary>
/// Whether two series of seconds go together by more than their own rhythms explain: one is turned against the other by every number of seconds, which keeps both
/// rhythms, and the agreement compared.
/// </summary>
/// <remarks>Source: J. P. Romano, "On the behavior of randomization tests without a group invariance assumption", JASA 85, 1990; circular shifts as in the analysis of spike trains.</remarks>
internal static class CircularShift
{
    /// <summary>Share of all shifts, none included, under which at least as much of the one falls into seconds of the other.</summary>
    /// <param name="weights">Per second: events.</param>
    /// <param name="marked">Per second: whether the other thing happened; as long.</param>
    /// <returns>At least 1/n; 1 when there is nothing.</returns>
    public static double P(IReadOnlyList<int> weights, IReadOnlyList<bool> marked)
    {
        var n = weights.Count;
        if (n == 0)
        {
            return 1;
        }

        int Agreement(int shift) => Enumerable.Range(0, n).Sum(i => marked[(i + shift) % n] ? weights[i] : 0);
        var observed = Agreement(0);
        return (double)Enumerable.Range(0, n).Count(shift => Agreement(shift) >= observed) / n;
    }
}
