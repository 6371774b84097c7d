using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Statistics;
using Campaign.Definition;

namespace Campaign.Analysis;

/// <summary>
/// What each contrast says, in fixed words: difference, trade-off, equivalence, both, not resolved, single run. "Significant" alone is never said, and the absence of a
/// difference only where the interval shows it.
/// </summary>
internal static class ContrastFindings
{
    private const int AtMost = 40;
    private const int MetricsAtMost = 6;
    private const int Unheard = 500;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var said = evidence.Contrasts.OrderBy(IsAlongNumbers).ThenByDescending(Weight).ToArray();
        foreach (var contrast in said.Take(AtMost))
        {
            yield return new Finding(FindingKind.Result, Sentence(evidence.Label, contrast), Evidence.Comparison, contrast.Axis);
        }

        if (said.Length > AtMost)
        {
            yield return new Finding(FindingKind.Result, $"{said.Length - AtMost} more contrasts of levels, with smaller differences, are in the comparisons.", Evidence.Comparison, said[AtMost].Axis);
        }

        foreach (var comparison in evidence.Comparisons.Where(c => c.Groups.IsEmpty))
        {
            yield return new Finding(
                FindingKind.Caution, $"The levels of {comparison.Axis} cannot be compared: no two cells differ in {comparison.Axis} only.", Evidence.Comparison, comparison.Axis);
        }
    }

    /// <summary>Everything that one contrast says.</summary>
    public static string Sentence(ValueLabel label, Contrast contrast)
    {
        var (level, baseline) = (label.Of(contrast.Axis, contrast.Level), label.Of(contrast.Axis, contrast.Baseline));
        ImmutableArray<LevelEffect> effects = [.. contrast.Effects.OfType<LevelEffect>()];
        ImmutableArray<LevelEffect> different = [.. effects.Where(e => e.IsDifferent && !e.IsEquivalent)];
        ImmutableArray<LevelEffect> both = [.. effects.Where(e => e.IsDifferent && e.IsEquivalent)];
        ImmutableArray<LevelEffect> alike = [.. effects.Where(e => !e.IsDifferent && e.IsEquivalent)];
        ImmutableArray<LevelEffect> open = [.. effects.Where(e => !e.IsDifferent && !e.IsEquivalent && e.Interval is not null)];
        ImmutableArray<LevelEffect> single = [.. effects.Where(e => e.Interval is null)];
        // Sentences that do not name the levels follow one that does.
        var named = different.Length + alike.Length > 0;
        var parts = new[]
        {
            Different(contrast.Axis, level, baseline, different), Alike(contrast, level, baseline, alike), Both(both), Open(open, !contrast.IsOfTheMachineUnderneath), Single(contrast.Axis, level, baseline, single),
            Underneath(contrast), Metrics(contrast, level, baseline),
        };
        var within = (contrast.Within.IsEmpty ? "" : $"With {label.Of(contrast.Within)}: ") + (named || both.Length + open.Length == 0 ? "" : $"{contrast.Axis} {level} against {baseline}: ");
        var sentences = string.Join(' ', parts.Where(p => p.Length > 0));
        return within.Length == 0 ? sentences : within + (named || both.Length + open.Length == 0 ? sentences : char.ToLowerInvariant(sentences[0]) + sentences[1..]);
    }

    private static string Underneath(Contrast contrast) => contrast.IsOfTheMachineUnderneath
        ? $"The machine underneath was the bottleneck in {contrast.Bound} of these {contrast.Trials} trials: nothing of this is attributed to the device under test."
        : "";

    private static string Metrics(Contrast contrast, string level, string baseline) => contrast.Metrics.IsEmpty
        ? ""
        : $"Recorded meanwhile, medians with {level} against {baseline}: {string.Join(", ", contrast.Metrics.Take(MetricsAtMost).Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Name} {m.Level:G4} against {m.Baseline:G4} {m.Unit}").TrimEnd()))}.";

    // That latency follows the rate surprises nobody: what is chosen in words comes first.
    private static bool IsAlongNumbers(Contrast contrast) => contrast.Level.AsNumber is not null;

    // Where the intervals are far from 1, then where they are open.
    private static double Weight(Contrast contrast) => contrast.Effects.OfType<LevelEffect>()
        .Select(e => e.IsDifferent ? 1 + Math.Abs(Math.Log(e.Ratio.Ratio)) : e.IsEquivalent ? 0.5 : 0).DefaultIfEmpty(0).Max();

    private static string Different(string axis, string level, string baseline, ImmutableArray<LevelEffect> effects)
    {
        if (effects.IsEmpty)
        {
            return "";
        }

        var (higher, lower) = (effects.Where(e => e.Ratio.Ratio > 1).ToArray(), effects.Where(e => e.Ratio.Ratio < 1).ToArray());
        return higher.Length > 0 && lower.Length > 0
            ? $"{axis} {level} against {baseline} costs at {string.Join(", ", higher.Select(Factor))} and gains at {string.Join(", ", lower.Select(Factor))}."
            : string.Join(' ', effects.OrderByDescending(e => Math.Abs(Math.Log(e.Ratio.Ratio))).Take(1).Select(e => Largest(axis, level, baseline, e))
                .Concat(effects.Length > 1 ? [$"Also {(higher.Length > 0 ? "higher" : "lower")} at {string.Join(", ", effects.Except([Extreme(effects)]).Select(Factor))}."] : []));
    }

    private static LevelEffect Extreme(ImmutableArray<LevelEffect> effects) => effects.MaxBy(e => Math.Abs(Math.Log(e.Ratio.Ratio)))!;

    private static string Largest(string axis, string level, string baseline, LevelEffect effect)
    {
        var ratio = effect.Ratio;
        var (size, word, count) = ratio.Ratio < 1 ? (1 / ratio.Ratio, "lower", ratio.Lower) : (ratio.Ratio, "higher", ratio.Higher);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{axis} {level} is {RatioText.Of(size)}× {word} than {baseline} at {effect.Measure.Name} (ratio {RatioText.Of(ratio.Ratio)}, 95 % CI {RatioText.Of(effect.Interval!.Value)}, {Plural.Of(ratio.Differences.Length, "matched cell")} × {Plural.Of(ratio.Repeats, "repeat")}, p_adj = {effect.Adjusted:G2}): {word} in {count} of {ratio.Differences.Length}.");
    }

    private static string Factor(LevelEffect effect) => $"{effect.Measure.Name} (×{RatioText.Of(effect.Ratio.Ratio)}, CI {RatioText.Of(effect.Interval!.Value)})";

    private static string Both(ImmutableArray<LevelEffect> effects) => effects.IsEmpty
        ? ""
        : $"Statistically different but within the 5 % margin at {string.Join(", ", effects.Select(e => $"{e.Measure.Name} (ratio {RatioText.Of(e.Ratio.Ratio)}, 95 % CI {RatioText.Of(e.Interval!.Value)})"))}.";

    private static string Alike(Contrast contrast, string level, string baseline, ImmutableArray<LevelEffect> effects) => effects.IsEmpty
        ? ""
        : $"{(contrast.Level is Value.Text ? "" : contrast.Axis + " ")}{level} and {baseline} are equivalent within ±5 % at {string.Join(", ", effects.Select(e => $"{e.Measure.Name} (ratio {RatioText.Of(e.Ratio.Ratio)}, 90 % CI {RatioText.Of(e.Narrow!.Value)})"))}.";

    private static string Open(ImmutableArray<LevelEffect> effects, bool advise) => effects.IsEmpty
        ? ""
        : $"Not resolved at {string.Join(", ", effects.Select(e => $"{e.Measure.Name} (ratio {RatioText.Of(e.Ratio.Ratio)}, CI {RatioText.Of(e.Interval!.Value)}{Unadjusted(e)})"))}{(advise ? Needed(effects) : "")}.";

    // The interval is that of one comparison, the verdict that of all of them.
    private static string Unadjusted(LevelEffect effect) => effect is { Interval: { } interval, Adjusted: { } adjusted } && (interval.Low > 1 || interval.High < 1)
        ? string.Create(CultureInfo.InvariantCulture, $", but p_adj = {adjusted:G2}")
        : "";

    private static string Needed(ImmutableArray<LevelEffect> effects)
    {
        int[] repeats = [.. effects.Where(e => e.Ratio.Deviation is not null).Select(e => RepeatAdvice.Repeats(e.Ratio.Deviation!.Value, LevelEffect.Margin)).Order()];
        return repeats.Length == 0 ? ""
            : repeats[^1] <= effects.Max(e => e.Ratio.Repeats) ? "; the cells differ among themselves, so that more repeats would not help"
            : repeats[0] >= Unheard ? "; no number of repeats that anybody makes would do for ±5 %"
            : repeats[^1] >= Unheard ? $"; from {Plural.Number(repeats[0])} to more than {Unheard} repeats would be needed for ±5 %"
            : repeats[0] == repeats[^1] ? $"; about {repeats[0]} repeats would be needed for ±5 %"
            : $"; about {Plural.Number(repeats[0])} to {Plural.Number(repeats[^1])} repeats would be needed for ±5 %";
    }

    private static string Single(string axis, string level, string baseline, ImmutableArray<LevelEffect> effects) => effects.IsEmpty
        ? ""
        : $"{axis} {level} against {baseline} at {string.Join(", ", effects.Select(e => $"{e.Measure.Name} (×{RatioText.Of(e.Ratio.Ratio)})"))}: {(effects.Any(e => e.Ratio.Repeats < 2) ? "single run – descriptive only, no interval" : "too few repeats or none that vary – no interval")}.";
}
