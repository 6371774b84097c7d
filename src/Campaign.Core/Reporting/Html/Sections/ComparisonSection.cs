using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Reporting.Svg;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The levels of each compared axis, everything else equal: sentences, drawings, numbers.</summary>
internal static class ComparisonSection
{
    private const int PanelsAtMost = 24;
    private const int CurvesAtMost = 6;
    private const int TrendFrom = 3;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        foreach (var part in input.OnlyRecorded ? [] : Latencies(input))
        {
            yield return part;
        }

        foreach (var part in MetricTable.Of(input))
        {
            yield return part;
        }
    }

    /// <summary>The id of a comparison in the page: from the axis' name, which is an identifier.</summary>
    public static string IdOf(string axis) => "by-" + axis;

    /// <summary>Groups that are drawn: all, or those whose levels differ most.</summary>
    public static ImmutableArray<MatchedGroup> Drawn(AxisComparison comparison)
    {
        if (comparison.Groups.Length <= PanelsAtMost)
        {
            return comparison.Groups;
        }

        var largest = comparison.Levels.SelectMany(l => l.Measures).SelectMany(m => m.Ratios).GroupBy(r => r.Group)
            .OrderByDescending(g => g.Max(r => Math.Abs(Math.Log(r.Ratio)))).Take(PanelsAtMost).Select(g => g.Key).ToHashSet();
        return [.. comparison.Groups.Where(largest.Contains).Concat(comparison.Groups.Where(g => !largest.Contains(g)).Take(PanelsAtMost - largest.Count)).OrderBy(comparison.Groups.IndexOf)];
    }

    /// <summary>Whether the levels are drawn as curves over percentiles: not so many that nobody can tell them apart, unless nothing else is drawn.</summary>
    public static bool HasCurves(ReportInput input, AxisComparison comparison) =>
        Axis(input, comparison).Values.Length <= CurvesAtMost || !IsTrend(Axis(input, comparison)) || input.Analysis.Comparisons.Length == 1;

    /// <summary>Cells that are drawn for themselves because there is nothing to compare.</summary>
    public static IEnumerable<CellAnalysis> Alone(ReportInput input) => input.Analysis.Comparisons.IsEmpty ? input.Analysis.Cells.Take(PanelsAtMost) : [];

    private static IEnumerable<Markup> Latencies(ReportInput input)
    {
        yield return new Tag("p", ("class", "lead"))
        {
            "Cells that differ in one axis only are matched. The findings give intervals over matched cells and probabilities adjusted for the number of comparisons; the tables describe the runs. A single run is descriptive only.",
        };
        if (input.Analysis.Comparisons.IsEmpty && input.Drawable.Length > 0)
        {
            yield return Panels(input, "the cells", [.. Alone(input).Select(c => new MatchedGroup(c.Values, [new(Value.Nil.Instance, c)]))], [Value.Nil.Instance], _ => "this cell");
        }

        foreach (var comparison in input.Analysis.Comparisons)
        {
            yield return new Tag("h3", ("id", IdOf(comparison.Axis))) { $"By {comparison.Axis}" };
            foreach (var part in Compared(input, comparison))
            {
                yield return part;
            }
        }
    }

    private static IEnumerable<Markup> Compared(ReportInput input, AxisComparison comparison)
    {
        if (comparison.Groups.IsEmpty)
        {
            yield return new Tag("p") { $"No two cells differ in {comparison.Axis} only, so its levels cannot be compared with everything else equal." };
            yield break;
        }

        if (!input.Drawable.IsEmpty)
        {
            var axis = Axis(input, comparison);
            if (IsTrend(axis))
            {
                yield return Trend(input, comparison, axis);
            }

            if (HasCurves(input, comparison))
            {
                yield return Panels(input, comparison.Axis, Drawn(comparison), axis.Values, v => $"{comparison.Axis} {input.Label.Of(comparison.Axis, v)}");
            }

            if (Drawn(comparison).Length < comparison.Groups.Length)
            {
                yield return new Tag("p", ("class", "note")) { $"{Drawn(comparison).Length} of {comparison.Groups.Length} matched groups are drawn: those whose levels differ most. The overview has all numbers." };
            }
        }

        yield return ComparisonTable.Groups(input, comparison);
    }

    private static AxisRecord Axis(ReportInput input, AxisComparison comparison) => input.Sweep.Axes.First(a => a.Name == comparison.Axis);

    private static bool IsTrend(AxisRecord axis) => axis.Values.Length >= TrendFrom && axis.IsNumeric;

    private static Tag Trend(ReportInput input, AxisComparison comparison, AxisRecord axis)
    {
        var spreads = comparison.Groups.SelectMany(g => g.Cells).SelectMany(c => TrendPlot.Lines.Select(m => c.Value[m].Spread)).OfType<Spread>().ToArray();
        var plot = new TrendPlot(axis, v => input.Label.Of(axis.Name, v), spreads.Select(s => s.Low).DefaultIfEmpty(1).Min(), spreads.Select(s => s.High).DefaultIfEmpty(1).Max());
        return new Tag("div", ("class", "plots"))
        {
            Legend.Of(TrendPlot.Lines, "Lines: medians of repeats. Bars: from the smallest to the largest repeat. All panels share their axes."),
            new Tag("div", ("class", "panels")) { Drawn(comparison).Select(g => Figure(input, g, title => plot.Draw(title, g, ComparisonTable.IdOf(comparison)))) },
        };
    }

    private static Tag Panels(ReportInput input, string subject, ImmutableArray<MatchedGroup> groups, ImmutableArray<Value> levels, Func<Value, string> name)
    {
        var percentiles = new PercentilePlot(input.Drawable);
        var worst = new WorstPlot(input.Drawable);
        ImmutableArray<string> names = [.. levels.Select(name)];
        return new Tag("div", ("class", "plots"))
        {
            Legend.Of(names, "Thin: a repeat. Bold: the median of repeats. Dotted: beyond what the packets support, up to the maximum. All panels share their axes."),
            new Tag("div", ("class", "panels")) { groups.Select(g => Figure(input, g, Title => percentiles.Draw(
                Title, g.Cells.Select(c => (levels.IndexOf(c.Key), c.Value)), names))) },
            worst.IsEmpty ? null : new Tag("h4") { $"The largest latencies over time, by {subject}" },
            worst.IsEmpty ? null : new Tag("div", ("class", "panels")) { groups.Select(g => Figure(input, g, Title => worst.Draw(
                Title, [.. g.Cells.Select(c => (levels.IndexOf(c.Key), name(c.Key), c.Value))]))) },
        };
    }

    private static Tag Figure(ReportInput input, MatchedGroup group, Func<string, Tag> draw)
    {
        var title = group.Shared.IsEmpty ? "all cells" : input.Label.Of(group.Shared);
        return new Tag("figure", CellData.Of(input, group.Shared)) { new Tag("figcaption") { title }, draw(title) };
    }
}
