namespace Campaign.Analysis.Statistics;

/// <summary>What the worst latencies of a run look like: where most of them lie, and whether some stand apart above a gap.</summary>
/// <remarks>Bins of 2 % on a logarithmic scale, so that the same rule fits microseconds and milliseconds. A description: it has no probability.</remarks>
/// <param name="Mode">Nanoseconds: the middle of the fullest bin.</param>
/// <param name="Share">Of the values within ± 10 % of the mode.</param>
/// <param name="Gap">Nanoseconds: the largest empty stretch in terms of ratio, with at least two values above it; null when none is wider than 5 %.</param>
/// <param name="Above">Values above the gap.</param>
internal sealed record ModesAndGaps(double Mode, double Share, (long From, long To)? Gap, int Above)
{
    private const double Bin = 1.02;
    private const double Around = 0.1;
    private const double Widest = 1.05;

    /// <param name="values">Nanoseconds above 0, in any order, at least one.</param>
    public static ModesAndGaps Of(IEnumerable<long> values)
    {
        long[] sorted = [.. values.Order()];
        var fullest = sorted.GroupBy(v => (int)Math.Floor(Math.Log(v) / Math.Log(Bin))).MaxBy(g => g.Count())!;
        var mode = Math.Pow(Bin, fullest.Key + 0.5);
        var share = (double)sorted.Count(v => v >= mode * (1 - Around) && v <= mode * (1 + Around)) / sorted.Length;
        var gap = Enumerable.Range(0, Math.Max(0, sorted.Length - 2))
            .Where(i => (double)sorted[i + 1] / sorted[i] > Widest)
            .OrderByDescending(i => (double)sorted[i + 1] / sorted[i])
            .Select(i => (int?)i)
            .FirstOrDefault();
        return gap is { } at
            ? new ModesAndGaps(mode, share, (sorted[at], sorted[at + 1]), sorted.Length - 1 - at)
            : new ModesAndGaps(mode, share, null, 0);
    }
}
