using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Campaign.Captures;

namespace Campaign.Cli.Commands;

/// <summary>An evaluation as JSON, format 1: all counts are packets, all times nanoseconds.</summary>
internal static class AnalyseJson
{
    /// <param name="coincidences">Sentences about stalls and interrupts; empty: none was asked for.</param>
    public static string Of(AnalyseRequest request, PairEvaluation evaluation, ImmutableArray<string> coincidences)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, new JsonWriterOptions { Indented = true }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("format", 1);
            Capture(writer, "pre", evaluation.All.Pre);
            Capture(writer, "post", evaluation.All.Post);
            Counts(writer, evaluation);
            Distribution(writer, "latency_ns", evaluation.All.Latencies, request.Percentiles);
            Distribution(writer, "latency_filtered_ns", evaluation.Filtered.Latencies, request.Percentiles);
            Distribution(writer, "gap_pre_ns", evaluation.GapsPre, request.Percentiles);
            Distribution(writer, "gap_post_ns", evaluation.GapsPost, request.Percentiles);
            Seconds(writer, request, evaluation);
            Rate(writer, "rate_pre", evaluation.RatePre);
            Rate(writer, "rate_post", evaluation.RatePost);
            Flows(writer, request, evaluation);
            Worst(writer, request, evaluation.All);
            Coincidences(writer, coincidences);
            Problems(writer, evaluation.All);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }

    private static void Coincidences(Utf8JsonWriter writer, ImmutableArray<string> sentences)
    {
        if (sentences.IsEmpty)
            return;
        writer.WriteStartArray("interrupts");
        foreach (var sentence in sentences)
            writer.WriteStringValue(sentence);
        writer.WriteEndArray();
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
        writer.WriteNumber("frame_bytes", capture.FrameBytes);
        writer.WriteEndObject();
    }

    private static void Counts(Utf8JsonWriter writer, PairEvaluation evaluation)
    {
        var all = evaluation.All;
        writer.WriteString("identity", all.Identity);
        writer.WriteNumber("matched", all.Matched);
        writer.WriteNumber("lost", all.Lost);
        writer.WriteNumber("longest_loss_burst", all.LongestLossBurst);
        writer.WriteNumber("duplicates_pre", all.DuplicatesPre);
        writer.WriteNumber("duplicates_post", all.DuplicatesPost);
        writer.WriteNumber("reordered", all.Reordered);
        writer.WriteNumber("unmatched_post", all.UnmatchedPost);
        writer.WriteNumber("ambiguous_post", all.AmbiguousPost);
        writer.WriteNumber("outside_window", all.OutsideWindow);
        writer.WriteNumber("late", evaluation.Late);
        writer.WriteNumber("foreign", all.Foreign);
        writer.WriteNumber("trimmed", all.Trimmed);
    }

    private static void Distribution(Utf8JsonWriter writer, string name, LatencyDistribution values, ImmutableArray<decimal> percentiles)
    {
        writer.WritePropertyName(name);
        Distribution(writer, values, percentiles);
    }

    private static void Distribution(Utf8JsonWriter writer, LatencyDistribution values, ImmutableArray<decimal> percentiles)
    {
        writer.WriteStartObject();
        writer.WriteNumber("count", values.Count);
        if (values.Count > 0)
        {
            writer.WriteNumber("min", values.Minimum);
            writer.WriteNumber("mean", values.Mean);
            writer.WriteNumber("deviation", values.StandardDeviation);
            foreach (var percentile in percentiles)
                writer.WriteNumber(AnalyseText.Name(percentile), values.Percentile(AnalyseText.Fraction(percentile)));
            writer.WriteNumber("max", values.Maximum);
        }

        writer.WriteEndObject();
    }

    private static void Seconds(Utf8JsonWriter writer, AnalyseRequest request, PairEvaluation evaluation)
    {
        writer.WriteStartArray("seconds");
        foreach (var (second, latencies) in evaluation.All.Seconds.Zip(evaluation.Seconds))
        {
            writer.WriteStartObject();
            writer.WriteNumber("second", second.Second);
            writer.WriteNumber("sent", second.Sent);
            writer.WriteNumber("received", second.Received);
            writer.WriteNumber("lost", second.Lost);
            Distribution(writer, "latency_ns", latencies, request.Percentiles);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Rate(Utf8JsonWriter writer, string name, ImmutableArray<RateSecond> seconds)
    {
        writer.WriteStartArray(name);
        foreach (var second in seconds)
        {
            writer.WriteStartObject();
            writer.WriteNumber("begin", second.Begin);
            writer.WriteNumber("packets", second.Packets);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Flows(Utf8JsonWriter writer, AnalyseRequest request, PairEvaluation evaluation)
    {
        writer.WriteStartArray("flows");
        foreach (var flow in evaluation.Flows)
        {
            writer.WriteStartObject();
            writer.WriteNumber("source_port", flow.SourcePort);
            writer.WriteNumber("destination_port", flow.DestinationPort);
            writer.WriteNumber("lost", flow.Lost);
            Distribution(writer, "latency_ns", flow.Latencies, request.Percentiles);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Worst(Utf8JsonWriter writer, AnalyseRequest request, LatencyEvaluation all)
    {
        writer.WriteStartArray("worst");
        foreach (var packet in all.Worst.Take(request.Worst))
        {
            writer.WriteStartObject();
            writer.WriteNumber("latency", packet.Latency);
            writer.WriteNumber("sent", packet.PreTimestamp);
            writer.WriteNumber("arrived", packet.PostTimestamp);
            writer.WriteString("key", packet.Key);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("stalls");
        foreach (var stall in request.Stalls is { } threshold ? Stall.Find(all.Worst, threshold) : [])
        {
            writer.WriteStartObject();
            writer.WriteNumber("begin", stall.Begin);
            writer.WriteNumber("end", stall.End);
            writer.WriteNumber("longest", stall.Longest);
            writer.WriteNumber("packets", stall.Packets);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Problems(Utf8JsonWriter writer, LatencyEvaluation all)
    {
        writer.WriteStartArray("problems");
        foreach (var problem in all.Problems)
        {
            writer.WriteStartObject();
            writer.WriteString("kind", JsonNamingPolicy.SnakeCaseLower.ConvertName(problem.Kind.ToString()));
            writer.WriteString("file", problem.Path);
            writer.WriteString("message", problem.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
