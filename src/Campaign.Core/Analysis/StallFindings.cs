using System.Globalization;
using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>Tails that are a handful of stalls, and stalls that several trials have at the same time after their start.</summary>
internal static class StallFindings
{
    private const int Worst = 500;
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

    /// <summary>Trials that have stalls at the same times: the largest group, and how many there are.</summary>
    public static IEnumerable<Finding> OfCoincidences(Evidenced evidence)
    {
        if (evidence.Coincidences is not [var largest, ..])
        {
            yield break;
        }

        var others = evidence.Coincidences.Length == 1 ? "" : $" {Plural.Of(evidence.Coincidences.Length - 1, "more group")} of trials {(evidence.Coincidences.Length == 2 ? "is" : "are")} like that.";
        yield return new Finding(
            FindingKind.Caution,
            largest.Shift == 0
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"{largest.Trials.Length} trials have stalls at the same times after their start: {largest.TimesText} s (within ±{StallCoincidence.Tolerance} s; in the clearest pair {largest.Times.Length} where {largest.Expected:0.00} would be by chance, P = {largest.P:0.0e-0}): {largest.TrialsText(evidence.Label)}. Whatever it is, it keeps the same clock as the trials.{others}")
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"{largest.Trials.Length} trials have stalls equally far apart: {largest.TimesText} s, in another trial {largest.Shift:0.0} s later (within ±{StallCoincidence.Tolerance} s; P = {largest.P:0.0e-0} over all shifts): {largest.TrialsText(evidence.Label)}. Whatever it is, it has a rhythm of its own, which does not begin with the trials.{others}"),
            Evidence.Stalls);
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
}
