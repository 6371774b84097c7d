using System.Globalization;
using System.Text;

namespace Campaign.Captures.Outputs;

/// <summary>
/// The percentiles of a distribution in HdrHistogram's text form, <c>.hgrm</c>, which its plotters read. Values are microseconds with three decimals: the
/// exact nanoseconds, no bins.
/// </summary>
/// <remarks>Format: HdrHistogram 2.1, <c>AbstractHistogram.outputPercentileDistribution</c>; five ticks for each halving of the distance to 100 %.</remarks>
public static class PercentileText
{
    private const int TicksPerHalfDistance = 5;
    private const double Microsecond = 1e3;

    /// <param name="latencies">In nanoseconds; empty gives a header and a total of 0.</param>
    /// <returns>The text; lines end with a line feed.</returns>
    public static string Of(LatencyDistribution latencies)
    {
        var text = new StringBuilder("       Value     Percentile TotalCount 1/(1-Percentile)\n\n");
        if (latencies.Count > 0)
            AppendRows(text, latencies);
        var (mean, deviation, maximum) = latencies.Count == 0 ? (0, 0, 0) : (latencies.Mean, latencies.StandardDeviation, latencies.Maximum);
        text.Append(CultureInfo.InvariantCulture, $"#[Mean    = {mean / Microsecond,12:0.000}, StdDeviation   = {deviation / Microsecond,12:0.000}]\n");
        text.Append(CultureInfo.InvariantCulture, $"#[Max     = {maximum / Microsecond,12:0.000}, Total count    = {latencies.Count,12}]\n");
        text.Append(CultureInfo.InvariantCulture, $"#[Buckets = {0,12}, SubBuckets     = {latencies.Values.Length,12}]\n");
        return text.ToString();
    }

    private static void AppendRows(StringBuilder text, LatencyDistribution latencies)
    {
        var (passed, index, percentile) = (latencies.Counts[0], 0, 0.0);
        while (true)
        {
            while (passed < percentile * latencies.Count)
                passed += latencies.Counts[++index];
            text.Append(
                CultureInfo.InvariantCulture,
                $"{latencies.Values[index] / Microsecond,12:0.000} {percentile:0.000000000000} {passed,10} {1 / (1 - percentile),14:0.00}\n");
            if (index == latencies.Values.Length - 1)
                break;

            var halvings = Math.Floor(Math.Log2(1 / (1 - percentile))) + 1;
            percentile += 1 / (TicksPerHalfDistance * Math.Pow(2, halvings));
        }

        // The last row has no fourth column: 1/(1-1) is no number.
        text.Append(CultureInfo.InvariantCulture, $"{latencies.Maximum / Microsecond,12:0.000} {1.0:0.000000000000} {latencies.Count,10}\n");
    }
}
