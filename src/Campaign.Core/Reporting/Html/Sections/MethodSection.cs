using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Html.Sections;

/// <summary>What the words and numbers of the report mean.</summary>
internal static class MethodSection
{
    private const int PreambleAndGap = 20;

    public static IEnumerable<Markup> Of(ReportInput input)
    {
        yield return new Tag("dl", ("class", "methods")) { Definitions(input).SelectMany(d => new[] { new Tag("dt") { d.Term }, new Tag("dd") { d.Meaning } }) };
    }

    private static IEnumerable<(string Term, string Meaning)> Definitions(ReportInput input) =>
    [
        .. (input.Sweep.Sides.IsEmpty ? [input.Sweep] : input.Sweep.Sides).Select(s => s.Imported).OfType<ImportRecord>().SelectMany(i => i.Limits).Distinct().ToArray() is { Length: > 0 } limits
            ? new[] { ("Imported", string.Join(' ', limits)) } : [],
        ("Latency", "The time of a packet in the capture behind the device under test less its time in the capture before it, both taken with one clock, in whole nanoseconds. " + Identities(input) + Clock(input)),
        ("Percentile", "Nearest rank: the smallest latency whose rank is at least p times the number of packets. Every packet takes part; nothing is binned. p50 is what RFC 8219 calls typical latency, p99.9 what it calls worst-case latency; max is the largest packet."),
        ("Not stated (–)", $"A percentile p is stated when one trial has at least ln 0.05 / ln p packets ({string.Join(", ", Measure.All.Where(m => m.Percentile > 0.99).Select(m => $"{m.Name}: {Plural.Number(m.Needs)}"))}): with fewer, its upper 95 % confidence bound is infinite even if packets were independent. They are not: a stall delays many packets at once, so the rule is the least that must be asked."),
        ("Trial, repeat, cell", "A cell is one combination of the axes, a trial one run of it. The trial is the unit of comparison, not the packet: figures of a cell are medians over its repeats, and the range printed beside is that of the repeats, not a confidence interval."),
        ("Comparison", "A matched group is made of cells that differ in the compared axis only. The ratio is that of the mean logarithms of the repeats, so that no single run decides it. “Apart” means that the ranges of repeats on both sides have no value in common. This describes the runs; it is no test."),
        ("Difference, equivalence, not resolved", "On the logarithms of the trials' figures, everything else equal. From six matched cells on: the Hodges–Lehmann estimate of the differences between cells, its exact 95 % interval and Wilcoxon's signed ranks (signs turned in every combination where differences tie); with fewer: Welch's interval over the repeats. p_adj is adjusted for all comparisons of the report (Benjamini and Hochberg); different means p_adj below 0.05. Equivalent means that the 90 % interval lies within ±5 % (two one-sided tests); everything else is not resolved. Trials in which more than 1 % of the packets behind the device have no latency take no part."),
        ("Gates", "A rule at a confidence is judged by the bound of a one-sided interval over the repeats (latencies, on logarithms), by Clopper and Pearson (loss), or over matched cells (comparisons): pass when the data show it, fail when they show the contrary, otherwise inconclusive."),
        ("States", "ok: measured in the attested state. degraded: counts, with a remark that a reader has to know. invalid: the testbed was not in the asked-for state, counts nowhere. failed: a step failed, counts nowhere. missing: planned and not measured."),
        ("Rate", $"Offered rate: packets in the capture before the device, less one, divided by the time from the first to the last. A trial is flagged when it is off by more than {input.Sweep.Report.RateTolerance.ToString("0.## %", CultureInfo.InvariantCulture)}. {Sizes(input)}"),
        ("Loss, twice, reordered", "Lost: seen before, never behind, counted packet by packet. Twice: second and later arrivals; the first counts. Reordered: arrived after a packet that was sent later (RFC 4737, type-P-reordered). Unmatched: seen behind, never before. A lost packet has no latency: with a loss of L, percentiles of all sent packets beyond 1 − L do not exist; the plots mark that point."),
    ];

    private static string Identities(ReportInput input)
    {
        ImmutableArray<string> used = [.. input.Analysis.Trials.Select(t => t.Evaluation?.Identity).OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        return used.IsEmpty ? "" : $"Packets are matched by the identity {string.Join(" or ", used)}. ";
    }

    private static string Clock(ReportInput input) =>
        input.Sweep.Provenance.Facts.FirstOrDefault(f => f.Name.EndsWith("clocksource", StringComparison.Ordinal)) is { } fact ? $"Clock source of the machine: {fact.Value}." : "";

    private static string Sizes(ReportInput input)
    {
        ImmutableArray<int> sizes = [.. input.Analysis.Trials.Select(t => t.Measurement?.Asked.Size).OfType<int>().Where(s => s > 0).Distinct().Order()];
        return sizes.IsEmpty ? "" : $"Frame sizes include the frame check sequence; with preamble and inter-frame gap a frame takes {string.Join(", ", sizes.Select(s => string.Create(CultureInfo.InvariantCulture, $"{s} + {PreambleAndGap} = {s + PreambleAndGap} bytes")))} of an Ethernet wire.";
    }
}
