using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Reporting.Svg;

namespace Campaign.Reporting.Html.Sections;

/// <summary>How each cell went over time.</summary>
internal static class SecondsSection
{
    private const int CellsAtMost = 100;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        ImmutableArray<CellAnalysis> cells = [.. input.Analysis.Cells.Where(c => c.Counted.Any(t => t.Evaluation!.Seconds.Length > 0))];
        if (cells.IsEmpty)
        {
            yield return new Tag("p") { "Nothing that counts was measured." };
            yield break;
        }

        var interrupts = input.Analysis.Trials.Where(t => t.Counts && input.Analysis.Interrupts.ContainsKey(t.Id)).ToImmutableDictionary(
            t => t.Id, t => PacketInterrupts.Of(t, input.Analysis.Interrupts[t.Id]).EachSecond(t.Evaluation!.Pre.FirstTimestamp, t.Evaluation.Seconds.Length));
        var plot = new SecondsPlot([.. cells.SelectMany(c => c.Counted)], interrupts);
        yield return new Tag("p", ("class", "legend"))
        {
            Key("q", "median latency; packets sent"), Key("b", "p99.9, where a second has packets enough for it; packets received"), Key("a", "largest latency"), Key("z", "packets lost"),
            interrupts.Any(i => !i.Value.IsEmpty) ? Key("i", "interrupts on the packet CPUs, on a scale of their own") : null,
            new Tag("span") { "The last second of a trial is seldom a whole one." },
        };
        yield return new Tag("div", ("class", "panels"))
        {
            cells.Take(CellsAtMost).Select(c => new Tag("figure", CellData.Of(input, c.Values)) { new Tag("figcaption") { input.Label.Of(c.Values) }, plot.Draw(input.Label.Of(c.Values), c) }),
        };
        if (cells.Length > CellsAtMost)
        {
            yield return new Tag("p", ("class", "note")) { $"The first {CellsAtMost} of {cells.Length} cells are drawn." };
        }
    }

    private static Tag Key(string kind, string name) => new("span", ("class", "key")) { Legend.Swatch(kind), name };
}
