using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Units;

namespace Campaign.Reporting.Html.Sections;

/// <summary>How many stalls each level of each axis has, how long they are, and whether their lengths are of one kind with those of the baseline.</summary>
internal static class StallTable
{
    private const int TypicalFrom = 3;
    private const double NanosecondsPerMinute = 60e9;

    /// <summary>None where no axis is compared or there is no stall.</summary>
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        var rows = input.Analysis.Comparisons.SelectMany(c => Levels(input, c)).ToArray();
        if (rows.Length > 0)
        {
            yield return Table.Of(
                "Stalls by level, all else pooled, among the stored largest latencies: a description, no test", "matrix",
                ["axis", "level", "#trials", "#stalls", "#each minute", "#typical length", "#longest", "how far their lengths are from the baseline's"], Table.Body(rows));
        }
    }

    private static IEnumerable<Tag> Levels(ReportInput input, AxisComparison comparison)
    {
        var levels = input.Sweep.Axes.First(a => a.Name == comparison.Axis).Values
            .Select(v => (Level: v, Trials: input.Analysis.Cells.Where(c => c.ValueOf(comparison.Axis) == v).SelectMany(c => c.Counted).ToImmutableArray()))
            .Select(l => (l.Level, l.Trials, Lengths: l.Trials.SelectMany(t => t.Stalls).Select(s => (double)s.Longest).ToArray())).Where(l => l.Trials.Length > 0).ToArray();
        if (levels.All(l => l.Lengths.Length == 0))
        {
            yield break;
        }

        var baseline = levels.FirstOrDefault(l => l.Level == comparison.Baseline).Lengths ?? [];
        foreach (var (level, trials, lengths) in levels)
        {
            yield return Table.Row(
                comparison.Axis, input.Label.Of(comparison.Axis, level), Plural.Number(trials.Length), Plural.Number(lengths.Length), EachMinute(trials, lengths.Length),
                Typical(lengths), lengths.Length == 0 ? "–" : new Nanoseconds((long)lengths.Max()).ToString(), level == comparison.Baseline ? "baseline" : Against(baseline, lengths));
        }
    }

    private static string EachMinute(ImmutableArray<TrialAnalysis> trials, int stalls)
    {
        var measured = trials.Sum(t => (double)t.Evaluation!.Pre.LastTimestamp - t.Evaluation.Pre.FirstTimestamp);
        return measured <= 0 ? "–" : (stalls / measured * NanosecondsPerMinute).ToString("0.##", CultureInfo.InvariantCulture);
    }

    private static string Typical(double[] lengths) => lengths.Length < TypicalFrom
        ? "–"
        : $"{new Nanoseconds((long)HarrellDavis.Quantile(lengths, 0.5))} ± {new Nanoseconds((long)HarrellDavis.StandardError(lengths, 0.5))}";

    private static string Against(double[] baseline, double[] lengths)
    {
        if (baseline.Length < TypicalFrom || lengths.Length < TypicalFrom)
        {
            return "–";
        }

        return KolmogorovSmirnov.Distance(baseline, lengths).ToString("'D '0.00", CultureInfo.InvariantCulture);
    }
}
