using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Conducting;
using Campaign.Units;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What was offered, and what became of it, by cell.</summary>
internal static class TrafficSection
{
    public static IEnumerable<Markup> Of(ReportInput input)
    {
        if (input.OnlyRecorded)
        {
            yield return new Tag("p") { "No trial has captures, so nothing was counted packet by packet." };
            yield break;
        }

        ImmutableArray<CellAnalysis> cells = [.. input.Analysis.Cells.Where(c => !c.Counted.IsEmpty)];
        yield return new Tag("p", ("class", "lead"))
        {
            "Sums over the repeats that count, all from the captures: what the generator was asked for is not evidence. Rates are the lowest and the highest of the repeats. Below the loss: its 95 % interval (Clopper–Pearson) if packets were lost one by one.",
        };
        yield return Table.Of(
            "Packets of every cell", "matrix",
            ["cell", "#asked", "#offered", "#off by", "#sent", "#received", "#matched", "#lost", "#loss, ppm", "#longest run", "#twice", "#reordered", "#unmatched"],
            Table.Body(cells.Select(c => Row(input, c))));
        if (cells.Length < input.Analysis.Cells.Length)
        {
            yield return new Tag("p", ("class", "note")) { $"{Plural.Of(input.Analysis.Cells.Length - cells.Length, "cell")} without a trial that counts {(input.Analysis.Cells.Length - cells.Length == 1 ? "is" : "are")} left out." };
        }
    }

    private static Tag Row(ReportInput input, CellAnalysis cell)
    {
        ImmutableArray<LatencyEvaluation> all = [.. cell.Counted.Select(t => t.Evaluation!)];
        var sent = all.Sum(e => e.Pre.Packets);
        var lost = all.Sum(e => e.Lost);
        var counted = cell.Counted.All(t => t.Measurement!.Knows(Unknown.Counts));
        double[] off = [.. cell.Counted.Select(t => t.RateError).OfType<double>()];
        return new Tag("tr")
        {
            Table.RowHeader(input.Label.Of(cell.Values)),
            Cell(cell.Counted[0].Measurement!.Asked.Rate is > 0 and var asked ? new PacketRate(asked).ToString() : "–"),
            Cell(counted ? Rates(all) : "–"),
            off.Length == 0 ? Cell("–") : Off(off.MaxBy(Math.Abs), input.Sweep.Report.RateTolerance),
            Known(cell, Unknown.Counts, sent), Known(cell, Unknown.Counts, all.Sum(e => e.Post.Packets)), Number(all.Sum(e => e.Matched)),
            counted ? Number(lost, lost > 0) : Cell("–"),
            counted ? Loss(lost, sent) : Cell("–"),
            Known(cell, Unknown.LossBurst, all.Max(e => e.LongestLossBurst)),
            Known(cell, Unknown.Duplicates, all.Sum(e => e.DuplicatesPost)), Known(cell, Unknown.Reordering, all.Sum(e => e.Reordered)), Known(cell, Unknown.Counts, all.Sum(e => e.UnmatchedPost)),
        };
    }

    private static Tag Off(double share, double tolerance) => Cell(share.ToString("+0.0 %;−0.0 %;0 %", CultureInfo.InvariantCulture), Math.Abs(share) > tolerance);

    // Clopper and Pearson; packets that are lost together make it too narrow, which the longest run tells.
    private static Tag Loss(long lost, long sent)
    {
        if (sent == 0)
        {
            return Cell("–");
        }

        var (low, high) = Proportion.Interval(lost, sent, 0.95);
        static string Ppm(double share) => (share * 1e6).ToString(share < 1e-4 ? "0.##" : "0", CultureInfo.InvariantCulture);
        return new Tag("td", ("class", lost > 0 ? "mark" : null)) { Ppm((double)lost / sent), new Tag("small") { $"{Ppm(low)}–{Ppm(high)}" } };
    }

    private static Tag Known(CellAnalysis cell, string figure, long count) =>
        cell.Counted.All(t => t.Measurement!.Knows(figure)) ? Number(count) : Cell("–");

    private static string Rates(ImmutableArray<LatencyEvaluation> all)
    {
        var (low, high) = (all.Min(e => e.Pre.PacketsPerSecond), all.Max(e => e.Pre.PacketsPerSecond));
        var (from, to) = (Rate(low), Rate(high));
        return from == to ? from
            : from.Split(' ')[1] == to.Split(' ')[1] ? $"{from.Split(' ')[0]}–{to}"
            : $"{from}–{to}";
    }

    private static string Rate(double rate) => new PacketRate(Math.Round(rate, rate < 1000 ? 1 : 0)).ToString();

    private static Tag Number(long count, bool marked = false) => Cell(Plural.Number(count), marked);

    private static Tag Cell(string text, bool marked = false) => new("td", ("class", marked ? "mark" : null)) { text };
}
