using System.Globalization;
using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>Tails that are a handful of stalls, and stalls that several trials have at the same time after their start.</summary>
internal static class StallFindings
{
    private const double Tolerance = 0.2;
    private const double Level = 0.05;
    private const int Worst = 500;
    private const int FewStalls = 2;
    private const int ManyStalls = 20;
    private const double Clustered = 0.05;
    private const double Second = 1e9;

    /// <summary>Trials whose largest latencies come in clusters.</summary>
    public static IEnumerable<Finding> OfClusters(Evidenced evidence)
    {
        var indexed = evidence.Counted.Select(t => (Trial: t, Index: Theta(t.Trial))).Where(t => t.Index is not null).ToArray();
        var clustered = indexed.Where(t => t.Index < Clustered).ToArray();
        if (clustered.Length > 0)
        {
            var worst = clustered.MinBy(t => t.Index);
            yield return new Finding(
                FindingKind.Caution,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"In {clustered.Length} of {Plural.Of(indexed.Length, "trial")} the {Worst} largest latencies come in clusters of more than {1 / Clustered:0} packets (extremal index below {Clustered}): the tail is a handful of stalls, so that {Worst} packets say as much as a few. Most in {evidence.NameOf(worst.Trial)}: clusters of {1 / worst.Index!.Value:0} packets."),
                Evidence.Stalls);
        }
    }

    /// <summary>Trials that have stalls at the same times.</summary>
    public static IEnumerable<Finding> OfCoincidences(Evidenced evidence)
    {
        var trials = evidence.Counted.Select(t => (Trial: t, Times: Times(t.Trial), Duration: Duration(t.Trial)))
            .Where(t => t.Times.Length is >= FewStalls and <= ManyStalls && t.Duration > 0).ToArray();
        var pairs = trials.SelectMany((a, i) => trials.Skip(i + 1).Select(b => (A: a.Trial, B: b.Trial, Found: Coincidence.Of(a.Times, b.Times, Tolerance, Math.Min(a.Duration, b.Duration))))).ToArray();
        var adjusted = Multiplicity.Holm([.. pairs.Select(p => p.Found.P)]);
        var linked = pairs.Zip(adjusted, (p, holm) => (p.A, p.B, p.Found, Holm: holm)).Where(p => p.Holm < Level).ToArray();
        foreach (var group in Groups([.. linked.Select(p => (p.A.Trial, p.B.Trial))]))
        {
            var inside = linked.Where(p => group.Contains(p.A.Trial)).ToArray();
            var best = inside.MinBy(p => p.Found.P);
            var names = trials.Where(t => group.Contains(t.Trial.Trial)).Select(t => evidence.NameOf(t.Trial)).ToArray();
            yield return new Finding(
                FindingKind.Caution,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{names.Length} trials have stalls at the same times after their start: {string.Join(", ", best.Found.Matches.Select(m => m.First.ToString("0.0", CultureInfo.InvariantCulture)))} s (within ±{Tolerance} s; in the clearest pair {best.Found.Matches.Count} where {best.Found.Expected:0.00} would be by chance, P = {best.Found.P:0.0e-0}): {string.Join("; ", names)}. Whatever it is, it keeps the same clock as the trials."),
                Evidence.Stalls);
        }
    }

    /// <summary>Trials in which most of the worst packets are about equally late.</summary>
    public static IEnumerable<Finding> OfModes(Evidenced evidence)
    {
        var shapes = evidence.Counted.Where(t => t.Trial.Evaluation!.Worst.Length >= Worst && t.Trial.Evaluation.Worst[^1].Latency > 0)
            .Select(t => ModesAndGaps.Of(t.Trial.Evaluation!.Worst.Select(w => w.Latency))).ToArray();
        var peaked = shapes.Where(s => s.Share > 0.5).ToArray();
        if (peaked.Length > 0)
        {
            yield return new Finding(
                FindingKind.Result,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"In {peaked.Length} of {Plural.Of(shapes.Length, "trial")} more than half of the worst packets lie within ±10 % of one latency, in the middle {OrderStatistics.Median(peaked.Select(s => s.Mode)) / 1e3:0.0} µs; in {peaked.Count(s => s.Gap is not null)} of them some stand apart above a gap."),
                Evidence.Stalls);
        }
    }

    private static double? Theta(TrialAnalysis trial)
    {
        // Places in the sequence of packets, from the time at which they were sent.
        var rate = trial.Evaluation!.Pre.PacketsPerSecond;
        var worst = trial.Evaluation.Worst.Take(Worst).ToArray();
        return worst.Length < Worst || rate <= 0
            ? null
            : ExtremalIndex.Of([.. worst.Select(w => (long)Math.Round(((double)w.PreTimestamp - trial.Evaluation.Pre.FirstTimestamp) / Second * rate)).Distinct().Order()]);
    }

    private static double[] Times(TrialAnalysis trial) => [.. trial.LargeStalls.Select(s => ((double)s.Begin - trial.Evaluation!.Pre.FirstTimestamp) / Second)];

    private static double Duration(TrialAnalysis trial) => ((double)trial.Evaluation!.Pre.LastTimestamp - trial.Evaluation.Pre.FirstTimestamp) / Second;

    private static List<HashSet<TrialAnalysis>> Groups((TrialAnalysis A, TrialAnalysis B)[] links)
    {
        var groups = new List<HashSet<TrialAnalysis>>();
        foreach (var (a, b) in links)
        {
            var joined = groups.Where(g => g.Contains(a) || g.Contains(b)).ToArray();
            HashSet<TrialAnalysis> group = [a, b, .. joined.SelectMany(g => g)];
            groups.RemoveAll(joined.Contains);
            groups.Add(group);
        }

        return groups;
    }
}
