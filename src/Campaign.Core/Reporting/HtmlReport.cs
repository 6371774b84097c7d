using System.Globalization;
using Campaign.Analysis;
using Campaign.Reporting.Html;
using Campaign.Reporting.Sections;
using Campaign.Storage;

namespace Campaign.Reporting;

/// <summary>
/// The report: one HTML file without scripts and without a network. A pure function of what is stored; the sections come in the order in which a reader
/// asks.
/// </summary>
internal static class HtmlReport
{
    private const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

    public static string Of(StoredSweep stored, SweepAnalysis analysis)
    {
        var html = new HtmlWriter();
        html.Own("<!DOCTYPE html>\n");
        html.Element("html", () =>
        {
            html.Element("head", () => Head(html, stored.Sweep));
            html.Element("body", () =>
            {
                html.Element("p.kind", TestbedKind.Sentence(stored.Sweep));
                html.Element("main", () => Body(html, stored, analysis));
            });
        }, ("lang", "en"));
        html.Line();
        return html.ToString();
    }

    private static void Head(HtmlWriter html, SweepRecord sweep)
    {
        html.Empty("meta", ("charset", "utf-8"));
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", Policy));
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Element("title", $"{sweep.Title} – {sweep.Campaign}/{sweep.Id}");
        html.Element("style", () => html.Own(Style.Sheet));
    }

    private static void Body(HtmlWriter html, StoredSweep stored, SweepAnalysis analysis)
    {
        var sweep = stored.Sweep;
        html.Element("h1", sweep.Title);
        if (sweep.Question.Length > 0)
        {
            html.Element("p.question", sweep.Question);
        }

        html.Element("p.meta", string.Create(
            CultureInfo.InvariantCulture,
            $"Sweep {sweep.Campaign}/{sweep.Id} on {sweep.TestbedTitle}, begun {sweep.Started.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {stored.Trials.Length} of {sweep.Trials.Length} trials of {analysis.Cells.Length} cells."));
        html.Element("ul.findings", () =>
        {
            foreach (var finding in analysis.Findings)
            {
                html.Element("li", finding);
            }
        });
        Overview.Write(html, analysis);
        Comparisons.Write(html, analysis);
        TimeSeries.Write(html, analysis);
        Losses.Write(html, analysis);
        Surroundings.Write(html, stored);
        Trials.Write(html, stored);
        Methods.Write(html, stored);
    }
}
