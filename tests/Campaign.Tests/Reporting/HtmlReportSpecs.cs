using System.Globalization;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Reporting;
using Campaign.Reporting.Html;
using Campaign.Storage;
using Campaign.Testing;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed class HtmlReportSpecs
{
    private const string Attack = "<script>alert('x')</script>\"&";

    [Fact]
    public void Nothing_that_a_campaign_says_gets_out_of_its_text()
    {
        var sweep = SweepSamples.Sweep(4) with { Title = Attack, Question = Attack, TestbedTitle = Attack };
        var trial = Trial(sweep, 0);
        var result = trial.Result with { Reasons = [Attack], Log = [new LogLine(TimeSpan.Zero, Attack)], Metrics = [new Metric(Attack, 1, Attack)] };
        var stored = new StoredSweep("/nowhere/x/y", sweep, [trial with { Result = result }]);

        var html = HtmlReport.Of(stored, Analyst.Analyse(stored));

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Escaped_text_reads_back_as_it_was() => Gen.String.Where(t => !t.Any(c => c < ' ' && c is not ('\n' or '\t'))).Sample(text =>
        System.Net.WebUtility.HtmlDecode(HtmlWriter.Escape(text)) == text && HtmlWriter.Escape(text).IndexOfAny(['<', '>', '"', '\'']) < 0);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void The_report_is_the_same_in_every_culture(string culture)
    {
        var stored = Stored();
        var invariant = HtmlReport.Of(stored, Analyst.Analyse(stored)) + SummaryCsv.Of(stored);
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo(culture);
            Assert.Equal(invariant, HtmlReport.Of(stored, Analyst.Analyse(stored)) + SummaryCsv.Of(stored));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_first_line_says_what_kind_of_testbed_it_was()
    {
        Assert.StartsWith("Simulated", TestbedKind.Sentence(SweepSamples.Sweep(4) with { Simulated = true }), StringComparison.Ordinal);
        Assert.Contains("not of a lab", TestbedKind.Sentence(SweepSamples.Sweep(4) with { Simulated = false, Driver = "local" }), StringComparison.Ordinal);
    }

    [Fact]
    public void The_report_needs_no_script_and_no_network()
    {
        var stored = Stored();

        var html = HtmlReport.Of(stored, Analyst.Analyse(stored));

        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("http://", html, StringComparison.Ordinal);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        Assert.Contains("default-src &#39;none&#39;", html, StringComparison.Ordinal);
    }

    private static StoredTrial Trial(SweepRecord sweep, int position) =>
        new(sweep.Id, sweep.Trials[position], new string('0', 64), SweepSamples.Result(sweep, position), []);

    private static StoredSweep Stored()
    {
        var sweep = SweepSamples.Sweep(4) with { Driver = "local" };
        return new StoredSweep("/nowhere/x/y", sweep, [.. Enumerable.Range(0, sweep.Trials.Length).Select(i => Trial(sweep, i))]);
    }
}
