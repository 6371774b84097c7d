using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Svg;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What each axis does, everything else equal: every two levels held against each other, with intervals over trials.</summary>
internal static class EffectSection
{
    private const int DrawnAtMost = 24;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        if (input.OnlyRecorded)
        {
            yield return new Tag("p") { "No trial has latencies, so no two levels are held against each other." };
            yield break;
        }

        yield return new Tag("p", ("class", "lead"))
        {
            "The ratio of two levels over all cells that are alike otherwise. Thin bar: 95 % interval over trials; thick bar: 90 %, by which equivalence is judged; dots: matched cells; band: ±5 %. A dot far from the bar is a cell in which the axis does something else.",
        };
        if (input.Analysis.Comparisons.IsEmpty)
        {
            yield return new Tag("p") { "The sweep has no axis with several levels: there is nothing to hold against each other." };
        }

        foreach (var comparison in input.Analysis.Comparisons)
        {
            yield return new Tag("h3", ("id", IdOf(comparison.Axis))) { $"Effect of {comparison.Axis}" };
            foreach (var part in Axis(input, comparison.Axis, [.. input.Analysis.Contrasts.Where(c => c.Axis == comparison.Axis)]))
            {
                yield return part;
            }
        }
    }

    /// <summary>The id of an axis in the page: from its name, which is an identifier.</summary>
    public static string IdOf(string axis) => "effect-" + axis;

    /// <summary>The two levels of a contrast and what their cells share: <c>kernel rt against nohz, platform container</c>.</summary>
    public static string TitleOf(ReportInput input, Contrast contrast) =>
        $"{contrast.Axis} {input.Label.Of(contrast.Axis, contrast.Level)} against {input.Label.Of(contrast.Axis, contrast.Baseline)}{(contrast.Within.IsEmpty ? "" : ", " + input.Label.Of(contrast.Within))}";

    private static IEnumerable<Markup> Axis(ReportInput input, string axis, ImmutableArray<Contrast> contrasts)
    {
        if (contrasts.IsEmpty)
        {
            yield return new Tag("p") { $"No two cells that were measured differ in {axis} only, so its levels cannot be held against each other." };
            yield break;
        }

        var table = IdOf(axis) + "-numbers";
        var scale = RatioScale.Of(contrasts);
        var (forest, shift) = (new ForestPlot(scale), new ShiftPlot(scale));
        ImmutableArray<Contrast> drawn = contrasts.Length <= DrawnAtMost ? contrasts : [.. contrasts.OrderByDescending(Size).Take(DrawnAtMost)];
        yield return new Tag("div", ("class", "panels")) { drawn.Select(c => Figure(input, c, t => forest.Draw(t, c, table))) };
        yield return new Tag("h4") { "Along the percentiles" };
        yield return new Tag("div", ("class", "panels")) { drawn.Select(c => Figure(input, c, t => shift.Draw(t, c, table))) };
        foreach (var along in Along(input, axis, drawn))
        {
            var strip = new StripPlot(scale, (a, v) => input.Label.Of(a.Name, v));
            yield return new Tag("div", ("class", "plots"))
            {
                new Tag("h4") { $"Along {along.Name}" },
                Legend.Of(StripPlot.Lines, "Dots: matched cells. Lines: their means. Where a line crosses 1, the level helps on one side and harms on the other."),
                new Tag("div", ("class", "panels")) { drawn.Select(c => Figure(input, c, t => strip.Draw(t, c, along, table))) },
            };
        }

        if (drawn.Length < contrasts.Length)
        {
            yield return new Tag("p", ("class", "note")) { $"{DrawnAtMost} of {contrasts.Length} pairs of levels are drawn: those that differ most. The table has all of them." };
        }

        yield return EffectTable.Of(input, axis, contrasts, table);
    }

    // The axis along which most cells of a contrast differ from each other; none where all are one of a kind.
    private static IEnumerable<AxisRecord> Along(ReportInput input, string axis, ImmutableArray<Contrast> contrasts)
    {
        int Levels(AxisRecord other) => contrasts.Max(c => c.Pairs.Select(p => p.Baseline.ValueOf(other.Name)).Distinct().Count());
        return input.Sweep.Axes.Where(a => a.Name != axis && Levels(a) > 1).OrderByDescending(Levels).Take(1);
    }

    private static Tag Figure(ReportInput input, Contrast contrast, Func<string, Tag> draw)
    {
        var title = TitleOf(input, contrast);
        var levels = new[] { contrast.Level, contrast.Baseline }.Select(v => KeyValuePair.Create(contrast.Axis, v));
        return new Tag("figure", CellData.Of(input, contrast.Within.Concat(levels))) { new Tag("figcaption") { title }, draw(title) };
    }

    private static double Size(Contrast contrast) => contrast.Effects.OfType<LevelEffect>().Max(e => Math.Abs(Math.Log(e.Ratio.Ratio)));
}
