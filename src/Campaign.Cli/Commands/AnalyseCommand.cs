using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Campaign.Captures;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;

namespace Campaign.Cli.Commands;

/// <summary><c>analyse</c>: latencies from a pair of capture files, without a campaign.</summary>
internal static class AnalyseCommand
{
    private static readonly decimal[] Usual = [50, 90, 99, 99.9m, 99.99m, 99.999m, 99.9999m];

    public static Command Create(Session session)
    {
        var pre = new Argument<string>("PRE") { Description = "Capture taken before the device under test: pcap, plain or .zst." };
        var post = new Argument<string>("POST") { Description = "Capture taken behind it, with the same clock." };
        var identity = new Option<string>("--identity")
        {
            Description = "What makes two records the same packet: automatic, hvnet or moonsniff.",
            DefaultValueFactory = _ => "automatic",
            HelpName = "HOW",
        };
        identity.AcceptOnlyFromAmong("automatic", "hvnet", "moonsniff");
        var trim = new Option<double>("--trim") { Description = "Leave out what arrives in the first seconds.", HelpName = "SECONDS" };
        var percentiles = new Option<decimal[]>("--percentiles", "-p")
        {
            Description = "Percentiles to print, in percent.",
            DefaultValueFactory = _ => Usual,
            AllowMultipleArgumentsPerToken = true,
            HelpName = "P",
        };
        var json = new Option<bool>("--json") { Description = "Print everything as JSON." };
        var command = new Command("analyse", "Turns a pair of captures into exact latencies.") { pre, post, identity, trim, percentiles, json };
        Help.Extend(command, Help.Examples(
            "campaign analyse latencies-pre.pcap.zst latencies-post.pcap.zst",
            "campaign analyse pre.pcap post.pcap --percentiles 50 99.9 99.999 --json"));
        command.SetAction((parsed, cancellationToken) =>
        {
            var options = new EvaluationOptions
            {
                Identity = Enum.Parse<PacketIdentity>(parsed.GetValue(identity)!, ignoreCase: true),
                TrimNanoseconds = (long)(parsed.GetValue(trim) * 1e9),
            };
            Run(session, parsed.GetValue(pre)!, parsed.GetValue(post)!, options, Checked(parsed.GetValue(percentiles)!), parsed.GetValue(json), cancellationToken);
            return Task.FromResult((int)ExitCode.Success);
        });
        return command;
    }

    private static void Run(
        Session session, string pre, string post, EvaluationOptions options, decimal[] percentiles, bool json, CancellationToken cancellationToken)
    {
        try
        {
            var all = CapturePair.Evaluate(pre, post, options, cancellationToken);
            var filtered = CapturePair.Evaluate(pre, post, options with { Filtered = true }, cancellationToken);
            session.Write(json ? Json(all, filtered, percentiles) : Text(all, filtered, percentiles));
        }
        catch (CaptureException e)
        {
            throw new CampaignException(e.Message, ExitCode.Definition, inner: e);
        }
    }

    private static decimal[] Checked(decimal[] percentiles) =>
        Array.Find(percentiles, p => p is < 0 or > 100) is var wrong and not 0
            ? throw new CampaignException(
                string.Create(CultureInfo.InvariantCulture, $"A percentile lies between 0 and 100, but {wrong} does not."), ExitCode.Usage)
            : percentiles;

    private static string Text(LatencyEvaluation all, LatencyEvaluation filtered, decimal[] percentiles)
    {
        var files = new TextTable("", "packets", "pkt/s", "file", "format");
        foreach (var (side, capture) in new[] { ("pre", all.Pre), ("post", all.Post) })
        {
            files.Add(side, Number(capture.Packets), capture.PacketsPerSecond.ToString("0.0", CultureInfo.InvariantCulture), capture.Path, capture.Format);
        }

        var counts = string.Create(
            CultureInfo.InvariantCulture,
            $"{all.Matched} matched by {all.Identity}, {all.Lost} lost (longest burst {all.LongestLossBurst}), {all.DuplicatesPre} duplicates before, "
            + $"{all.DuplicatesPost} behind, {all.Reordered} reordered, {all.UnmatchedPost} unmatched behind, {all.OutsideWindow} outside the window\n");
        var rows = new TextTable(["latency [ns]", "N", .. percentiles.Select(Name), "max"]);
        foreach (var (name, evaluation) in new[] { ("all", all), ("filtered", filtered) })
        {
            var latencies = evaluation.Latencies;
            rows.Add([
                name, Number(latencies.Count),
                .. percentiles.Select(p => latencies.Count == 0 ? "–" : Number(latencies.Percentile(Fraction(p)))),
                latencies.Count == 0 ? "–" : Number(latencies.Values[^1]),
            ]);
        }

        return $"{files}\n{counts}\n{rows}filtered: without what arrives in the first second after the first matched arrival\n";
    }

    private static string Json(LatencyEvaluation all, LatencyEvaluation filtered, decimal[] percentiles)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", 1);
            Capture(writer, "pre", all.Pre);
            Capture(writer, "post", all.Post);
            writer.WriteString("identity", all.Identity);
            writer.WriteNumber("matched", all.Matched);
            writer.WriteNumber("lost", all.Lost);
            writer.WriteNumber("longest_loss_burst", all.LongestLossBurst);
            writer.WriteNumber("duplicates_pre", all.DuplicatesPre);
            writer.WriteNumber("duplicates_post", all.DuplicatesPost);
            writer.WriteNumber("reordered", all.Reordered);
            writer.WriteNumber("unmatched_post", all.UnmatchedPost);
            writer.WriteNumber("outside_window", all.OutsideWindow);
            Latencies(writer, "latency_ns", all, percentiles);
            Latencies(writer, "latency_filtered_ns", filtered, percentiles);
            writer.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Capture(Utf8JsonWriter writer, string name, CaptureSummary capture)
    {
        writer.WriteStartObject(name);
        writer.WriteString("path", capture.Path);
        writer.WriteString("format", capture.Format);
        writer.WriteNumber("packets", capture.Packets);
        writer.WriteNumber("packets_per_second", capture.PacketsPerSecond);
        writer.WriteNumber("first_timestamp", capture.FirstTimestamp);
        writer.WriteNumber("last_timestamp", capture.LastTimestamp);
        writer.WriteEndObject();
    }

    private static void Latencies(Utf8JsonWriter writer, string name, LatencyEvaluation evaluation, decimal[] percentiles)
    {
        var latencies = evaluation.Latencies;
        writer.WriteStartObject(name);
        writer.WriteNumber("count", latencies.Count);
        if (latencies.Count > 0)
        {
            writer.WriteNumber("min", latencies.Values[0]);
            writer.WriteNumber("mean", latencies.Mean);
            foreach (var percentile in percentiles)
            {
                writer.WriteNumber(Name(percentile), latencies.Percentile(Fraction(percentile)));
            }

            writer.WriteNumber("max", latencies.Values[^1]);
        }

        writer.WriteEndObject();
    }

    // In decimal: 99.9 / 100 as doubles is not the double nearest to 0.999, and a rank would be off by one.
    private static double Fraction(decimal percentile) => (double)(percentile / 100);

    private static string Name(decimal percentile) => string.Create(CultureInfo.InvariantCulture, $"p{percentile:0.##########}");

    private static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
}
