using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Captures;
using Campaign.Cli.Terminal;

namespace Campaign.Cli.Commands;

/// <summary>An evaluation as tables for people.</summary>
internal static class AnalyseText
{
    /// <param name="coincidences">Sentences about stalls and interrupts; empty: none was asked for.</param>
    public static string Of(AnalyseRequest request, PairEvaluation evaluation, ImmutableArray<string> coincidences)
    {
        var all = evaluation.All;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{Files(all)}\n{Counts(evaluation)}\n{Latencies(request, evaluation)}");
        text.Append("filtered: without what arrives in the first second after the first matched arrival\n");
        if (all.Latencies.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"all: min {all.Latencies.Minimum}, mean {all.Latencies.Mean:0.0}, deviation {all.Latencies.StandardDeviation:0.0} ns\n");
        text.Append(CultureInfo.InvariantCulture, $"\n{Table("gap [ns]", request, [("before", evaluation.GapsPre), ("behind", evaluation.GapsPost)])}");
        if (evaluation.Flows.Length > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n{Flows(request, evaluation)}");
        if (request.Worst > 0)
            text.Append(CultureInfo.InvariantCulture, $"\n{Worst(request, all)}");
        if (request.Stalls is { } threshold)
            text.Append(CultureInfo.InvariantCulture, $"\n{Stalls(all, threshold)}");
        foreach (var sentence in coincidences)
            text.Append(CultureInfo.InvariantCulture, $"\n{sentence}\n");
        return text.ToString();
    }

    /// <summary>A growing pair: what is known so far.</summary>
    public static string SoFar(AnalyseRequest request, LatencyEvaluation all)
    {
        var files = new TextTable("", "packets", "pkt/s", "file");
        files.Add("pre", Number(all.Pre.Packets), Rate(all.Pre), all.Pre.Path);
        files.Add("post", Number(all.Post.Packets), Rate(all.Post), all.Post.Path);
        return $"{files}{Table("latency [ns]", request, [("so far", all.Latencies)])}{Line(request, all)}\n";
    }

    /// <summary>The same in a line.</summary>
    public static string Line(AnalyseRequest request, LatencyEvaluation all)
    {
        var latencies = all.Latencies;
        var tail = latencies.Count == 0
            ? ""
            : string.Concat(request.Percentiles.Select(p => $", {Name(p)} {Number(latencies.Percentile(Fraction(p)))}")) + $", max {Number(latencies.Maximum)} ns";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Pre.Packets} before, {all.Post.Packets} behind, {all.Matched} matched, {all.Lost} lost or not there yet{tail}");
    }

    /// <summary>In decimal: 99.9 / 100 as doubles is not the double nearest to 0.999, and a rank would be off by one.</summary>
    public static double Fraction(decimal percentile) => (double)(percentile / 100);

    /// <summary><c>p99.9</c></summary>
    public static string Name(decimal percentile) => string.Create(CultureInfo.InvariantCulture, $"p{percentile:0.##########}");

    private static TextTable Files(LatencyEvaluation all)
    {
        var files = new TextTable("", "packets", "pkt/s", "file", "format");
        files.Add("pre", Number(all.Pre.Packets), Rate(all.Pre), all.Pre.Path, all.Pre.Format);
        files.Add("post", Number(all.Post.Packets), Rate(all.Post), all.Post.Path, all.Post.Format);
        return files;
    }

    private static string Counts(PairEvaluation evaluation)
    {
        var all = evaluation.All;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Matched} matched by {all.Identity}, {all.Lost} lost (longest burst {all.LongestLossBurst}), {all.DuplicatesPre} duplicates before, "
            + $"{all.DuplicatesPost} behind, {all.Reordered} reordered, {all.UnmatchedPost} unmatched behind, {all.OutsideWindow} outside the window "
            + $"({evaluation.Late} late), {all.AmbiguousPost} ambiguous, {all.Foreign} foreign\n");
    }

    private static TextTable Latencies(AnalyseRequest request, PairEvaluation evaluation) =>
        Table("latency [ns]", request, [("all", evaluation.All.Latencies), ("filtered", evaluation.Filtered.Latencies)]);

    private static TextTable Flows(AnalyseRequest request, PairEvaluation evaluation)
    {
        var rows = new TextTable(["flow [ns]", "lost", "N", .. request.Percentiles.Select(Name), "max"]);
        foreach (var flow in evaluation.Flows)
            rows.Add([string.Create(CultureInfo.InvariantCulture, $"{flow.SourcePort}>{flow.DestinationPort}"), Number(flow.Lost), .. Cells(request, flow.Latencies)]);
        return rows;
    }

    private static TextTable Worst(AnalyseRequest request, LatencyEvaluation all)
    {
        var rows = new TextTable("worst [ns]", "sent", "arrived", "identity");
        foreach (var packet in all.Worst.Take(request.Worst))
            rows.Add(Number(packet.Latency), Number(packet.PreTimestamp), Number(packet.PostTimestamp), packet.Key);
        return rows;
    }

    private static TextTable Stalls(LatencyEvaluation all, long threshold)
    {
        var rows = new TextTable("stall [ns]", "until", "longest", "packets");
        foreach (var stall in Stall.Find(all.Worst, threshold))
            rows.Add(Number(stall.Begin), Number(stall.End), Number(stall.Longest), Number(stall.Packets));
        return rows;
    }

    private static TextTable Table(string title, AnalyseRequest request, ReadOnlySpan<(string Name, LatencyDistribution Values)> lines)
    {
        var rows = new TextTable([title, "N", .. request.Percentiles.Select(Name), "max"]);
        foreach (var (name, values) in lines)
            rows.Add([name, .. Cells(request, values)]);
        return rows;
    }

    private static IEnumerable<string> Cells(AnalyseRequest request, LatencyDistribution values) =>
    [
        Number(values.Count),
        .. request.Percentiles.Select(p => values.Count == 0 ? "–" : Number(values.Percentile(Fraction(p)))),
        values.Count == 0 ? "–" : Number(values.Maximum),
    ];

    private static string Rate(CaptureSummary capture) => capture.PacketsPerSecond.ToString("0.0", CultureInfo.InvariantCulture);

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
