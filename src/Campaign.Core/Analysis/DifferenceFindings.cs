using System.Globalization;

namespace Campaign.Analysis;

/// <summary>The largest differences between levels, in descriptive words.</summary>
internal static class DifferenceFindings
{
    private const int AtMost = 5;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var differences = evidence.Comparisons
            .SelectMany(c => c.Levels.Select(l => (Comparison: c, l.Level, Measure: Telling(l))))
            .Where(d => d.Measure is not null)
            .OrderByDescending(d => Math.Abs(Math.Log(d.Measure!.Ratio!.Value)))
            .ToArray();
        foreach (var (comparison, level, measure) in differences.Take(AtMost))
        {
            yield return new Finding(
                FindingKind.Result,
                $"{comparison.Axis} {evidence.Label.Of(comparison.Axis, level)} against {evidence.Label.Of(comparison.Axis, comparison.Baseline)}: {Sentence(measure!)}",
                Evidence.Comparison, comparison.Axis);
        }

        if (differences.Length > AtMost)
        {
            yield return new Finding(
                FindingKind.Result, $"{differences.Length - AtMost} smaller differences between levels are in the comparisons.", Evidence.Comparison, differences[AtMost].Comparison.Axis);
        }

        foreach (var comparison in evidence.Comparisons.Where(c => c.Groups.IsEmpty))
        {
            yield return new Finding(
                FindingKind.Caution, $"The levels of {comparison.Axis} cannot be compared: no two cells differ in {comparison.Axis} only.", Evidence.Comparison, comparison.Axis);
        }
    }

    /// <summary><c>p99.9 3.2× higher, in 4 of 4 matched groups; the ranges of repeats do not overlap in 3.</c></summary>
    public static string Sentence(MeasureComparison measure)
    {
        var ratio = measure.Ratio!.Value;
        var groups = Plural.Of(measure.Ratios.Length, "matched group");
        var (word, count) = ratio >= 1 ? ("higher", measure.Higher) : ("lower", measure.Lower);
        var size = Math.Max(ratio, 1 / ratio);
        var how = size < 1.005
            ? $"{measure.Measure.Name} the same within 0.5 % (median of {groups})"
            : string.Create(CultureInfo.InvariantCulture, $"{measure.Measure.Name} {size.ToString(size < 10 ? "0.00" : "0", CultureInfo.InvariantCulture)}× {word}, in {count} of {groups}");
        var sentence = measure.HasSingleRuns ? $"{how}. Single runs: descriptive only, without a range."
            : measure.Apart == 0 ? $"{how}; the ranges of repeats overlap in every one." : $"{how}; the ranges of repeats do not overlap in {measure.Apart}.";
        return measure.Interval is not { } interval
            ? sentence
            : string.Create(CultureInfo.InvariantCulture, $"{(measure.IsOpen ? "not resolved: " : "")}{sentence} 95 % interval over trials: {interval.Low:0.00} to {interval.High:0.00}×.");
    }

    // Where the ranges of most groups are apart, then where the ratio is largest: a maximum may differ wildly and mean little.
    private static MeasureComparison? Telling(LevelComparison level) => level.Measures
        .Where(m => m.Ratio is not null)
        .OrderByDescending(m => m.Apart).ThenByDescending(m => Math.Abs(Math.Log(m.Ratio!.Value)))
        .FirstOrDefault();
}
