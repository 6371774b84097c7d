using Campaign.Analysis;
using Campaign.Units;

namespace Campaign.Reporting.Html.Sections;

/// <summary>The sweep in a few numbers, and what became of its gates.</summary>
internal static class Verdicts
{
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        yield return new Tag("dl", ("class", "tally")) { Tally(input).Select(p => new Tag("div") { new Tag("dt") { p.Name }, new Tag("dd") { p.Value } }) };
        if (!input.Analysis.Gates.IsEmpty)
        {
            yield return Table.Of(
                "Gates", "gates", ["gate", "verdict", "why"],
                Table.Body(input.Analysis.Gates.Select(g => new Tag("tr") { Table.RowHeader(g.Rule), new Tag("td", ("class", "is-" + g.Word)) { g.Word }, new Tag("td") { g.Why } })));
        }
    }

    private static IEnumerable<(string Name, IEnumerable<Markup> Value)> Tally(ReportInput input)
    {
        var analysis = input.Analysis;
        var excluded = input.Sweep.Excluded.Sum(e => e.Count);
        yield return ("cells", [$"{Plural.Number(analysis.Cells.Length)}{(excluded > 0 ? $"; {Plural.Number(excluded)} excluded" : "")}"]);
        yield return ("trials", [$"{Plural.Number(analysis.Cells.Sum(c => c.Planned))} planned: ", .. StateWords.Of(analysis.Cells)]);
        yield return ("packets with a latency", [Plural.Number(analysis.Cells.SelectMany(c => c.Counted).Sum(t => t.Evaluation!.Matched))]);
        if (input.Sweep.Imported is null && !analysis.Cells.All(c => c.Trials.IsEmpty))
        {
            yield return ("measuring took", [HumanDuration.Format(TimeSpan.FromTicks(analysis.Trials.Sum(t => t.Trial.Result.Took.Ticks)))]);
        }
    }
}
