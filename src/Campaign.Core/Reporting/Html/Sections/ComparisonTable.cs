using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Definition;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The numbers of a comparison.</summary>
internal static class ComparisonTable
{
    private const int GroupsAtMost = 60;
    private const int RankedFrom = 4;

    /// <summary>Id of the table of matched groups in the page.</summary>
    public static string IdOf(AxisComparison comparison) => $"groups-{comparison.Axis}";

    /// <summary>Every matched group: medians, ranges of repeats on both sides, ratios.</summary>
    public static Tag Groups(ReportInput input, AxisComparison comparison)
    {
        var format = new MicrosecondFormat(comparison.Groups.SelectMany(g => g.Cells).SelectMany(c => Measure.Compared.Select(m => c.Value[m].Spread)).OfType<Spread>().Select(s => s.Low));
        return new Tag("details", ("id", IdOf(comparison)))
        {
            new Tag("summary") { $"Numbers of every matched group by {comparison.Axis}" },
            new Tag("p", ("class", "note")) { "A₁₂: the probability that a packet is slower than one of the baseline. D: the largest distance of the two cumulative distributions. W: the mean change in latency that turns one into the other. All of the packets of all repeats, to describe; p: ranks of the repeats from four on (Mann–Whitney, exact), this one test alone and not adjusted." },
            Table.Of(
                $"Median of repeats in µs, range of repeats, and ratio to {Name(input, comparison, comparison.Baseline)}", "matrix",
                [comparison.Axis, .. Measure.Compared.Select(m => "#" + m.Name)],
                comparison.Groups.Take(GroupsAtMost).Select(g => Group(input, comparison, g, format))),
            comparison.Groups.Length > GroupsAtMost
                ? new Tag("p", ("class", "note")) { $"{GroupsAtMost} of {comparison.Groups.Length} matched groups are listed; the overview and summary.csv have all cells." }
                : null,
        };
    }

    private static Tag Group(ReportInput input, AxisComparison comparison, MatchedGroup group, MicrosecondFormat format) =>
        new("tbody", CellData.Of(input, group.Shared))
        {
            new Tag("tr", ("class", "group")) { new Tag("th", ("scope", "rowgroup"), ("colspan", (Measure.Compared.Length + 1).ToString(CultureInfo.InvariantCulture))) { group.Shared.IsEmpty ? "all cells" : input.Label.Of(group.Shared) } },
            group.Cells.Select(c => new Tag("tr")
            {
                new Tag("th", ("scope", "row")) { input.Label.Of(comparison.Axis, c.Key), c.Key == comparison.Baseline ? null : Distance(group.At(comparison.Baseline), c.Value) },
                Measure.Compared.Select((m, i) => Cell(
                    c.Value[m], comparison.Levels.FirstOrDefault(l => l.Level == c.Key)?.Measures[i].Ratios.FirstOrDefault(r => r.Group == group), format)),
            }),
        };

    private static Tag Cell(Figure figure, GroupRatio? ratio, MicrosecondFormat format) => figure.Spread is { } spread
        ? new Tag("td")
        {
            format[spread.Median],
            new Tag("small") { spread.Repeats > 1 ? $"{format[spread.Low]}–{format[spread.High]}" : "single run" },
            ratio is null ? null : new Tag("small") { new Tag("b") { Ratio(ratio.Ratio) }, ratio.IsApart ? " apart" : "", Ranks(ratio) },
        }
        : new Tag("td", ("class", "none"), ("title", figure.Withheld)) { "–" };

    // Four repeats on both sides are the fewest with which ranks can say anything: 2 / C(8, 4) = 0.029. The exact count supposes that no two are equal.
    private static string Ranks(GroupRatio ratio) =>
        ratio.Baseline.Repeats < RankedFrom || ratio.Level.Repeats < RankedFrom || ratio.Baseline.Values.Concat(ratio.Level.Values).Distinct().Count() < ratio.Baseline.Repeats + ratio.Level.Repeats
        ? ""
        : string.Create(CultureInfo.InvariantCulture, $" p {new RankSum(ratio.Level.Values, ratio.Baseline.Values).P:G2}");

    // A description of all packets of the repeats, never a test: packets of a run depend on each other.
    private static Tag? Distance(CellAnalysis? baseline, CellAnalysis level)
    {
        if (baseline is null || Pooled(baseline) is not { Count: > 0 } below || Pooled(level) is not { Count: > 0 } above)
        {
            return null;
        }

        var distance = DistributionDistance.Of(above, below);
        return new Tag("small")
        {
            string.Create(CultureInfo.InvariantCulture, $"A₁₂ {distance.Superiority:0.00}, D {distance.Largest:0.00}, W {distance.Transport / 1e3:0.###} µs"),
        };
    }

    private static LatencyDistribution Pooled(CellAnalysis cell) =>
        cell.Counted is [var only] ? only.Evaluation!.Latencies : LatencyDistribution.Merge(cell.Counted.Select(t => t.Evaluation!.Latencies));

    private static string Ratio(double ratio) => ratio.ToString(ratio < 10 ? "0.00" : ratio < 100 ? "0.0" : "0", CultureInfo.InvariantCulture) + "×";

    private static string Name(ReportInput input, AxisComparison comparison, Value level) => $"{comparison.Axis} {input.Label.Of(comparison.Axis, level)}";
}
