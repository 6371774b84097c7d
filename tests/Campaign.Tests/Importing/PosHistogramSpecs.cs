using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Querying;
using Campaign.Definition;
using Campaign.Reporting;
using Campaign.Reporting.Texts;
using Campaign.Storage;
using Xunit;

namespace Campaign.Tests.Importing;

/// <summary>Histograms tell latencies and nothing else: no counts, no largest packets, no seconds.</summary>
public sealed class PosHistogramSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void The_report_of_histograms_alone_is_whole(int cells)
    {
        using var pos = new PosResults();
        var sweep = Histograms(pos, cells);
        var analysis = Analyst.Analyse(sweep);
        var page = File.ReadAllText(Reporter.Write(sweep, analysis, pos.Results.Root));

        Assert.Contains("Latency over percentile", page, StringComparison.Ordinal);
        Assert.DoesNotContain("The largest latencies over time", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.DoesNotContain("∞", page, StringComparison.Ordinal);
        Assert.DoesNotContain("No packet was lost", page, StringComparison.Ordinal);
        foreach (var format in new[] { "latex", "md", "json", "csv" })
            Assert.DoesNotContain("NaN", ReportText.Of(format, sweep.Sweep, analysis), StringComparison.Ordinal);
    }

    [Fact]
    public void What_nobody_counted_is_shown_as_unknown()
    {
        using var pos = new PosResults();
        var sweep = Histograms(pos, 1);
        var analysis = Analyst.Analyse(sweep);
        string[][] rows = [.. SummaryCsv.Of(sweep.Sweep, analysis).Split('\n').Take(2).Select(l => l.Split(','))];
        var summary = rows[0].Zip(rows[1]).ToDictionary(p => p.First, p => p.Second);
        using var reader = ResultsReader.Open(pos.Results);
        var queried = Querier.Ask(reader, [sweep.Sweep], new QueryRequest("", "offered_rate,sent,received,lost,loss,unmatched_post,trimmed,rate_error,matched", null, null, IsForPeople: false));
        var page = Reporter.Page(sweep, analysis);
        var traffic = page[page.IndexOf("Packets of every cell", StringComparison.Ordinal)..];

        Assert.All(["offered_pps", "sent", "received", "lost", "loss_ppm", "unmatched_post", "trimmed", "sent_late", "worst_lateness_ns"], n => Assert.Equal("", summary[n]));
        Assert.Equal("900", summary["matched"]);
        Assert.All(queried.Rows.Single().Take(8), v => Assert.IsType<Value.Nil>(v));
        Assert.Contains("<td>100 kpkt/s<td>–<td>–<td>–<td>–<td>900<td>–<td>–<td>–<td>–<td>–<td>–\n", traffic, StringComparison.Ordinal);
        Assert.Contains("Asked for 100 kpkt/s; how many packets were sent is not known.", page, StringComparison.Ordinal);
    }

    private static StoredSweep Histograms(PosResults pos, int cells)
    {
        for (var run = 0; run < cells; run++)
        {
            pos.Run(run, string.Create(CultureInfo.InvariantCulture, $$"""{"pkt_rate": {{100_000 * (run + 1)}}}"""));
            pos.Write($"files/loadgen/hist_run0{run}.csv", $"lat_ns,count\n1000,700\n1100,199\n{2000 + run},1\n");
        }

        return pos.Import();
    }
}
