using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;
using Campaign.Captures.Outputs;
using Campaign.Definition;
using Campaign.Testbeds;
using Campaign.Units;

namespace Campaign.Conducting;

/// <summary>From a trial's captures to its latencies, and to what a reader has to know about them.</summary>
internal static class TrialEvaluation
{
    private static readonly (string Name, double Percentile)[] Answered =
        [("p50", 0.5), ("p90", 0.9), ("p99", 0.99), ("p99.9", 0.999), ("p99.99", 0.9999), ("p99.999", 0.99999)];

    /// <summary>Evaluates a pair of captures; what is wrong with them is reported beside the numbers.</summary>
    /// <exception cref="EffectException">The captures cannot be evaluated at all.</exception>
    public static PairEvaluation Evaluate(TrafficOutcome outcome, LatencyOptions options, CancellationToken cancellationToken)
    {
        try
        {
            return CapturePair.EvaluateBoth(outcome.Pre, outcome.Post, ToEvaluationOptions(options), cancellationToken);
        }
        catch (CaptureException e)
        {
            throw new EffectException(e.Message, e);
        }
    }

    /// <summary>Keeps the latencies of each second as an HdrHistogram log, from which intervals within the trial are computed.</summary>
    /// <param name="evaluation">Of the trial's captures.</param>
    /// <param name="path">File to write.</param>
    /// <param name="tag">The trial's id.</param>
    /// <exception cref="EffectException">It cannot be written.</exception>
    public static void WriteLog(PairEvaluation evaluation, string path, string tag)
    {
        try
        {
            using var file = new StreamWriter(path, append: false);
            var start = DateTimeOffset.UnixEpoch.AddTicks(evaluation.All.Pre.FirstTimestamp / TimeSpan.NanosecondsPerTick);
            var log = new HistogramLog(file, start, tag);
            foreach (var (second, latencies) in evaluation.Seconds.Index())
            {
                log.Write(start.AddSeconds(second), TimeSpan.FromSeconds(1), latencies);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EffectException($"{path} could not be written: {e.Message}", e);
        }
    }

    /// <summary>What <c>latency()</c> answers to a campaign: counts in packets, latencies in nanoseconds.</summary>
    public static Value.Map Summary(LatencyEvaluation evaluation)
    {
        var latencies = evaluation.Latencies;
        var entries = new Dictionary<string, Value>
        {
            ["sent"] = Value.Of(evaluation.Pre.Packets),
            ["matched"] = Value.Of(evaluation.Matched),
            ["lost"] = Value.Of(evaluation.Lost),
            ["loss"] = Value.Of(evaluation.Pre.Packets == 0 ? 0 : (double)evaluation.Lost / evaluation.Pre.Packets),
        };
        if (latencies.Count > 0)
        {
            foreach (var (name, percentile) in Answered)
            {
                entries[name] = Value.Of(latencies.Percentile(percentile));
            }

            entries["max"] = Value.Of(latencies.Values[^1]);
        }

        return new Value.Map(entries);
    }

    /// <summary>Why the numbers need a remark: whole sentences; empty when they need none.</summary>
    public static ImmutableArray<string> Remarks(TrialMeasurement measured, double rateTolerance)
    {
        var (evaluation, asked, outcome) = measured;
        var remarks = ImmutableArray.CreateBuilder<string>();
        remarks.AddRange(outcome.Remarks);
        remarks.AddRange(evaluation.Problems.Select(p => p.Message));
        Add(remarks, evaluation.Matched == 0, $"None of the {evaluation.Pre.Packets} packets was seen behind the device under test.");
        Add(remarks, outcome.TapDrops > 0, $"The timestamper lost {outcome.TapDrops} packets, so loss behind the device is overstated.");
        Add(remarks, outcome.Sent != outcome.Intended, $"{outcome.Sent} packets were sent instead of {outcome.Intended}.");
        Add(
            remarks, evaluation.UnmatchedPost > 0,
            $"{evaluation.UnmatchedPost} packets behind the device were never seen before it.");

        var rate = evaluation.Pre.PacketsPerSecond;
        Add(
            remarks, evaluation.Pre.Packets > 1 && Math.Abs(rate / asked.Rate - 1) > rateTolerance,
            $"The offered rate was {new PacketRate(rate)} instead of {new PacketRate(asked.Rate)}, {(rate / asked.Rate - 1) * 100:+0.0;-0.0} %.");
        return remarks.ToImmutable();
    }

    private static void Add(ImmutableArray<string>.Builder remarks, bool applies, FormattableString remark)
    {
        if (applies)
        {
            remarks.Add(remark.ToString(CultureInfo.InvariantCulture));
        }
    }

    // One thread: the testbed may be this machine, and what runs beside must not be disturbed more than needed.
    private static EvaluationOptions ToEvaluationOptions(LatencyOptions options) =>
        new EvaluationOptions { Strict = false, TrimNanoseconds = options.TrimNanoseconds, Worst = options.Worst, Threads = 1 }.WithIdentity(options.Identity)
        ?? throw new EffectException($"'identity' must be one of {EvaluationOptions.Identities}, but is \"{options.Identity}\".");
}
