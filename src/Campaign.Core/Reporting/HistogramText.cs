using System.Globalization;
using System.Text;
using Campaign.Captures;

namespace Campaign.Reporting;

/// <summary>
/// HdrHistogram's percentile text (<c>.hgrm</c>): value in microseconds, percentile, packets up to there, 1/(1−percentile). Values are exact here, not
/// edges of bins.
/// </summary>
internal static class HistogramText
{
    private const int TicksPerHalfDistance = 5;

    public static string Of(LatencyDistribution latencies)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{"Value",12} {"Percentile",14} {"TotalCount",10} {"1/(1-Percentile)",14}\n\n");
        foreach (var fraction in latencies.Count == 0 ? [] : Fractions(latencies.Count))
        {
            var value = latencies.Percentile(fraction);
            var count = latencies.Values.Zip(latencies.Counts).TakeWhile(p => p.First <= value).Sum(p => p.Second);
            text.Append(CultureInfo.InvariantCulture, $"{value / 1e3,12:0.000} {fraction,2:0.000000000000} {count,10}");
            text.Append(fraction < 1 ? string.Create(CultureInfo.InvariantCulture, $" {1 / (1 - fraction),14:0.00}\n") : "\n");
        }

        if (latencies.Count == 0)
        {
            return text.ToString();
        }

        text.Append(CultureInfo.InvariantCulture, $"#[Mean    = {latencies.Mean / 1e3,12:0.000}, StdDeviation   = {latencies.StandardDeviation / 1e3,12:0.000}]\n");
        text.Append(CultureInfo.InvariantCulture, $"#[Max     = {latencies.Maximum / 1e3,12:0.000}, Total count    = {latencies.Count,12}]\n");
        return text.ToString();
    }

    // As HdrHistogram iterates: so many steps each time the distance to 1 halves.
    private static IEnumerable<double> Fractions(long count)
    {
        for (var distance = 1.0; distance > 1.0 / count; distance /= 2)
        {
            for (var step = 0; step < TicksPerHalfDistance; step++)
            {
                yield return 1 - distance + (distance / 2 * step / TicksPerHalfDistance);
            }
        }

        yield return 1;
    }
}
