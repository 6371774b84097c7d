using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Reporting;
using Campaign.Reporting.Html;
using Campaign.Storage;
using Campaign.Testing;
using Xunit;

namespace Campaign.Tests.Reporting;

public sealed partial class ReportPageSpecs
{
    private static readonly string Sample = Render(new SampleSweep().Build());

    [Fact]
    public void The_report_of_a_small_sweep_is_this() =>
        Snapshot.Match(Script.Replace(Render(new SampleSweep(rates: 1, repeats: 2, seconds: 1, packetsPerSecond: 400).Build()), ""), "html");

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")]
    public void Another_culture_gives_the_same_bytes(string culture)
    {
        var stored = new SampleSweep().Build();
        var summary = SummaryCsv.Of(stored.Sweep, Analyst.Analyse(stored));
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);

            Assert.Equal(Sample, Render(stored));
            Assert.Equal(summary, SummaryCsv.Of(stored.Sweep, Analyst.Analyse(stored)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("local", false, "Measured on one machine over loopback. Figures of a busy PC, not of a lab.")]
    [InlineData("virtual", false, "Measured on an emulated machine. Figures of an emulator, not of a lab.")]
    [InlineData("pos", false, "Measured on a testbed of real hosts.")]
    [InlineData("dry", true, "Simulated. No packet was sent: every figure below was made up from a seed.")]
    public void The_first_line_says_on_what_it_was_measured(string driver, bool simulated, string line)
    {
        var html = Render(new SampleSweep(rates: 1, repeats: 1, seconds: 1, packetsPerSecond: 100) { Driver = driver, Simulated = simulated }.Build());
        var body = Tags.Replace(html[html.IndexOf("<body>", StringComparison.Ordinal)..], "").Trim();

        Assert.StartsWith(line, body, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_that_a_person_a_host_or_a_packet_wrote_becomes_markup()
    {
        var html = Render(new SampleSweep(rates: 1, repeats: 2) { Poison = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>" }.Build());

        Assert.Equal(2, html.Split("<script", StringSplitOptions.None).Length);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("&lt;script&gt;alert(1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void It_needs_no_network_and_runs_no_script_but_its_own()
    {
        var script = Sample[(Sample.IndexOf("<script>", StringComparison.Ordinal) + 8)..Sample.IndexOf("</script>", StringComparison.Ordinal)];
        var hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.InRange(script.Length, 1, 20_000);
        Assert.Contains($"content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:; script-src 'sha256-{hash}'\"", Sample, StringComparison.Ordinal);
        Assert.All(Addresses.Matches(Sample), a => Assert.Matches("^(#|\\./)", a.Groups["to"].Value));
        Assert.DoesNotContain("://", Sample, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", Sample, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_reference_within_the_page_leads_somewhere_and_every_id_is_there_once()
    {
        var ids = Ids.Matches(Sample).Select(m => m.Groups["id"].Value).ToArray();

        Assert.Distinct(ids);
        Assert.All(Addresses.Matches(Sample).Select(a => a.Groups["to"].Value).Where(a => a[0] == '#'), a => Assert.Contains(a[1..], ids));
    }

    [Fact]
    public void Every_drawing_has_a_title_and_a_description()
    {
        var drawings = Sample.Split("<svg ").Skip(1).Where(s => !s.Contains("aria-hidden=\"true\"", StringComparison.Ordinal) || s.IndexOf("aria-hidden", StringComparison.Ordinal) > s.IndexOf('>')).ToArray();

        Assert.NotEmpty(drawings);
        Assert.All(drawings, d => Assert.Matches("^[^>]*role=\"img\"[^>]*><title>[^<]+</title><desc>[^<]+</desc>", d));
    }

    [Fact]
    public void A_sweep_without_a_single_trial_still_has_a_report() =>
        Assert.Contains("24 of 24 trials are missing", Render(new SampleSweep { Ends = ImmutableDictionary.CreateRange(Enumerable.Range(0, 24).Select(i => KeyValuePair.Create(i, (TrialState?)null))) }.Build()), StringComparison.Ordinal);

    [Fact]
    public void Odd_numbers_and_control_characters_still_make_a_report()
    {
        var sweep = SweepSamples.Sweep(8);
        var html = Render(new StoredSweep("", sweep, [.. sweep.Trials.Select((t, i) => new StoredTrial(sweep.Id, t, "", SweepSamples.Result(sweep, i), []))]));

        Assert.Contains("temperature<td>NaN °C", html, StringComparison.Ordinal);
        Assert.Contains("ready\u2400or", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Unknown:", html, StringComparison.Ordinal);
    }

    [Fact]
    public void A_hundred_cells_stay_below_two_megabytes() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Render(new SampleSweep(rates: 5, sizes: 5, seconds: 1).Build())), 1, 2_000_000);

    [Fact]
    public void A_thousand_cells_stay_below_three_megabytes() =>
        Assert.InRange(Encoding.UTF8.GetByteCount(Render(new SampleSweep(rates: 50, sizes: 5, seconds: 1).Build())), 1, 3_000_000);

    private static string Render(StoredSweep stored)
    {
        var files = stored.Trials.ToImmutableDictionary(t => t.Header.Id, t => ImmutableArray.Create($"0001-{t.Header.Id}/captures/post.pcap.zst", $"0001-{t.Header.Id}/latency.hgrm"));
        return ReportPage.Render(new ReportInput(stored, Analyst.Analyse(stored), files));
    }

    [GeneratedRegex("<script>.*</script>|sha256-[^']*", RegexOptions.Singleline)]
    private static partial Regex Script { get; }

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tags { get; }

    [GeneratedRegex("(href|src)=\"(?<to>[^\"]*)\"")]
    private static partial Regex Addresses { get; }

    [GeneratedRegex(" id=\"(?<id>[^\"]*)\"")]
    private static partial Regex Ids { get; }
}
