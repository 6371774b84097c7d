using System.Globalization;
using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>Trials that were not the same from beginning to end: warm-up and drift of p99, second by second. Nothing is left out because of it.</summary>
internal static class DriftFindings
{
    private const int SecondsAtLeast = 20;
    private const double Level = 0.05;
    private const double Notable = 0.05;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var series = evidence.Counted.Select(t => (Trial: t, Seconds: Series(t.Trial))).Where(t => t.Seconds.Length >= SecondsAtLeast).ToArray();
        var adjusted = Multiplicity.BenjaminiHochberg([.. series.Select(s => Trend.Of(s.Seconds).P)]);
        var drifting = series.Zip(adjusted, (s, p) => (s.Trial, s.Seconds, P: p, Change: Trend.Of(s.Seconds).Slope * s.Seconds.Length))
            .Where(s => s.P < Level && Math.Abs(s.Change) > Notable).ToArray();
        if (drifting.Length > 0)
        {
            var worst = drifting.MaxBy(d => Math.Abs(d.Change));
            var change = ChangePoint.Of(worst.Seconds);
            yield return new Finding(
                FindingKind.Caution,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"p99 drifts within {drifting.Length} of {Plural.Of(series.Length, "trial")} (Mann–Kendall, p_adj < {Level}); furthest in {evidence.NameOf(worst.Trial)}: {Math.Exp(worst.Change) - 1:+0 %;−0 %} from beginning to end, most clearly after {change.Before} s ({Math.Exp(change.MeanBefore) / 1e3:0.0} to {Math.Exp(change.MeanAfter) / 1e3:0.0} µs)."),
                Evidence.Traffic);
        }

        var warming = series.Select(s => (s.Trial, Cut: WarmUp.Of(s.Seconds))).Where(s => s.Cut > 0 && s.Cut * 4 < s.Trial.Trial.Evaluation!.Seconds.Length).ToArray();
        if (warming.Length * 2 > series.Length)
        {
            yield return new Finding(
                FindingKind.Caution,
                $"p99 is unlike the rest in the first seconds of {warming.Length} of {Plural.Of(series.Length, "trial")} (MSER, up to {warming.Max(w => w.Cut)} s). Nothing was left out; latency {{ trim }} does.",
                Evidence.Traffic);
        }
    }

    // Whole seconds only: the last one is seldom one.
    private static double[] Series(TrialAnalysis trial) =>
        [.. trial.Evaluation!.Seconds.SkipLast(1).Where(s => s.P99 > 0).Select(s => Math.Log(s.P99))];
}
