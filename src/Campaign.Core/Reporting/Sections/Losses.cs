using Campaign.Analysis;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Sections;

/// <summary>Rate, loss, duplicates and reordering of every cell, summed over its trials.</summary>
internal static class Losses
{
    public static void Write(HtmlWriter html, SweepAnalysis analysis)
    {
        html.Element("h2", "Rate, loss, duplicates, reordering");
        HtmlTable.Write(
            html, "Packets by cell, over all trials that count; rates from the captures",
            ["cell", "offered pkt/s#", "sent#", "received#", "lost#", "lost ppm#", "longest burst#", "duplicates#", "reordered#", "sent late#"],
            analysis.Cells.Where(c => c.Counted.Any()).Select(Row));
    }

    private static IReadOnlyList<HtmlTable.Cell> Row(CellSummary cell)
    {
        var measured = cell.Counted.Select(t => t.Result.Measurement!).ToArray();
        var evaluations = measured.Select(m => m.Evaluation).ToArray();
        var (sent, lost) = (evaluations.Sum(e => e.Pre.Packets), evaluations.Sum(e => e.Lost));
        return [
            cell.Label,
            ReportNumbers.Rate(evaluations.Average(e => e.Pre.PacketsPerSecond)),
            ReportNumbers.Count(sent),
            ReportNumbers.Count(evaluations.Sum(e => e.Post.Packets)),
            ReportNumbers.Count(lost),
            ReportNumbers.Ppm(lost, sent),
            ReportNumbers.Count(evaluations.Max(e => e.LongestLossBurst)),
            ReportNumbers.Count(evaluations.Sum(e => e.DuplicatesPre + e.DuplicatesPost)),
            ReportNumbers.Count(evaluations.Sum(e => e.Reordered)),
            ReportNumbers.Count(measured.Sum(m => m.Outcome.Late)),
        ];
    }
}
