using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Campaign.Captures.Outputs;

/// <summary>The nine CSV files of HVNet's evaluation, as its PostgreSQL scripts write them: bucket size 100 ns, no trim, numbers as <c>numeric</c> prints them.</summary>
public static class HvnetCsv
{
    private const int BucketSize = 100;

    /// <summary>All nine files.</summary>
    /// <param name="evaluation">Of a pair with matches, by HVNet's identity for the keys of the worst packets, without a trim.</param>
    /// <returns>What follows the capture's name in each file's name, and the file's content.</returns>
    public static IEnumerable<(string Suffix, string Content)> Files(PairEvaluation evaluation)
    {
        yield return (".bucket_size100.trim_ms0.hist.csv", Buckets("latency_bucket", evaluation.All.Latencies));
        yield return (".bucket_size100.trim_ms0.jitterpre.csv", Buckets("bucket", evaluation.GapsPre));
        yield return (".bucket_size100.trim_ms0.jitterpost.csv", Buckets("bucket", evaluation.GapsPost));
        yield return (".trim_ms0.num_worst5000.worst.csv", Worst(evaluation.All));
        yield return (".trim_ms0.packetratepre.csv", Rate(evaluation.RatePre));
        yield return (".trim_ms0.packetratepost.csv", Rate(evaluation.RatePost));
        yield return (".trim_ms0.percentiles.csv", Percentiles(evaluation.All.Latencies));
        yield return (".trim_ms0.stats.csv", Stats(evaluation.All));
        yield return (".trim_ms0.transferrate.csv", TransferRate(evaluation));
    }

    /// <summary>
    /// HVNet's 275 percentiles, 0 to 1, ascending: 30 for each decade of 1/(1 − p), evenly spaced there, and five round ones. Added up step by step and
    /// divided in IEEE double, which is where their last digits come from.
    /// </summary>
    internal static ImmutableArray<double> Shares()
    {
        var shares = new List<double> { 0.05, 0.25, 0.5, 0.75, 0.95 };
        for (var decade = 1.0; decade < 1e9; decade *= 10)
        {
            var odds = decade;
            for (var step = 0; step < 30; step++, odds += 0.3 * decade)
                shares.Add((odds - 1) / odds);
        }

        return [.. shares.Order()];
    }

    private static string Buckets(string name, LatencyDistribution values)
    {
        var text = new StringBuilder($"{name},count\n");
        for (var at = 0; at < values.Values.Length;)
        {
            var bucket = values.Values[at] / BucketSize;
            var count = 0L;
            for (; at < values.Values.Length && values.Values[at] / BucketSize == bucket; at++)
                count += values.Counts[at];
            text.Append(CultureInfo.InvariantCulture, $"{bucket * BucketSize},{count}\n");
        }

        return text.ToString();
    }

    private static string Worst(LatencyEvaluation evaluation)
    {
        var text = new StringBuilder("latency,prets,postts,encode\n");
        foreach (var packet in evaluation.Worst)
            text.Append(CultureInfo.InvariantCulture, $"{packet.Latency},{packet.PreTimestamp},{packet.PostTimestamp},{packet.Key}\n");
        return text.ToString();
    }

    private static string Rate(IEnumerable<RateSecond> seconds)
    {
        var text = new StringBuilder("ts,count\n");
        foreach (var second in seconds)
            text.Append(CultureInfo.InvariantCulture, $"{second.Begin},{second.Packets}\n");
        return text.ToString();
    }

    private static string Percentiles(LatencyDistribution latencies)
    {
        var text = new StringBuilder("percentile,value,onefraconeminuspercentile\n");
        foreach (var p in Shares())
        {
            var name = p == 0 ? "0.0" : p.ToString(CultureInfo.InvariantCulture);
            text.Append(CultureInfo.InvariantCulture, $"{name},{latencies.Percentile(p)},{PostgresNumeric.Divide("1", PostgresNumeric.Complement(name))}\n");
        }

        return text.ToString();
    }

    private static string Stats(LatencyEvaluation evaluation) => string.Create(
        CultureInfo.InvariantCulture,
        $"pre_received,post_received,pre_received_trimmed,post_received_trimmed\n{evaluation.Pre.Packets},{evaluation.Post.Packets},{evaluation.Pre.Packets},{evaluation.Post.Packets}\n");

    private static string TransferRate(PairEvaluation evaluation)
    {
        var (pre, post) = (Text(evaluation.All.Pre.Packets), Text(evaluation.All.Post.Packets));
        return "pre_received,post_received,transferrate,pre_pkts_per_second,post_pkts_per_second\n"
            + $"{pre},{post},{PostgresNumeric.Divide(post, pre)},{PostgresNumeric.Divide(pre, Text(evaluation.RatePre.Length))},{PostgresNumeric.Divide(post, Text(evaluation.RatePost.Length))}\n";
    }

    private static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
