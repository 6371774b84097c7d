using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The numbers of the contrasts of an axis.</summary>
internal static class EffectTable
{
    private const int RowsAtMost = 500;

    /// <param name="input">The report.</param>
    /// <param name="axis">Name of the axis.</param>
    /// <param name="contrasts">All of this axis.</param>
    /// <param name="id">Of the table in the page.</param>
    public static Tag Of(ReportInput input, string axis, ImmutableArray<Contrast> contrasts, string id)
    {
        (Contrast Contrast, LevelEffect Effect)[] rows = [.. contrasts.SelectMany(c => c.Effects.OfType<LevelEffect>().Select(e => (c, e)))];
        return new Tag("details")
        {
            new Tag("summary") { $"Numbers of the effect of {axis}" },
            new Tag("div", ("id", id))
            {
                Table.Of(
                    $"Ratio of two levels of {axis} at each figure", "matrix effects",
                    ["levels", "figure", "#ratio", "#95 % interval", "#90 % interval", "#matched cells", "#higher in", "#repeats", "#p", "#p_adj", "verdict"],
                    Table.Body(rows.Take(RowsAtMost).Select(r => Row(EffectSection.TitleOf(input, r.Contrast), r.Effect)))),
                rows.Length > RowsAtMost ? new Tag("p", ("class", "note")) { $"The first {RowsAtMost} of {rows.Length} rows; 'campaign report --format json' has all." } : null,
            },
        };
    }

    private static Tag Row(string levels, LevelEffect effect) => Table.Row(
        levels, effect.Measure.Name, RatioText.Of(effect.Ratio.Ratio), Interval(effect.Interval), Interval(effect.Narrow),
        Number(effect.Ratio.Differences.Length), Number(effect.Ratio.Higher), Number(effect.Ratio.Repeats), Probability(effect.Ratio.P), Probability(effect.Adjusted), Verdict(effect));

    private static string Verdict(LevelEffect effect) => (effect.IsDifferent, effect.IsEquivalent) switch
    {
        (true, true) => "different, within ±5 %",
        (true, false) => effect.Ratio.Ratio > 1 ? "higher" : "lower",
        (false, true) => "equivalent within ±5 %",
        _ => effect.Interval is null ? "no interval" : "not resolved",
    };

    private static string Interval((double Low, double High)? interval) => interval is { } i ? RatioText.Of(i) : "–";

    private static string Probability(double? p) => p?.ToString("G2", CultureInfo.InvariantCulture) ?? "–";

    private static string Number(int count) => count.ToString(CultureInfo.InvariantCulture);
}
