using System.Collections.Immutable;
using System.Globalization;

namespace Campaign.Captures.Outputs;

/// <summary>Reads HdrHistogram logs of version 1.0 to 1.3, as this library, Java's and JavaScript's write them.</summary>
public static class HistogramLogReader
{
    private const string TagBeginning = "Tag=";

    /// <summary>All intervals, in the order of the lines; comments and the legend are passed over.</summary>
    /// <param name="log">Not closed.</param>
    /// <exception cref="FormatException">A line is no interval; it says which.</exception>
    public static ImmutableArray<HistogramInterval> Read(TextReader log)
    {
        var intervals = ImmutableArray.CreateBuilder<HistogramInterval>();
        for (var number = 1; log.ReadLine() is { } line; number++)
        {
            if (line.Length == 0 || line[0] is '#' or '"')
                continue;
            try
            {
                intervals.Add(Interval(line));
            }
            catch (Exception e) when (e is FormatException or ArgumentException or OverflowException)
            {
                throw new FormatException($"Line {number} is no interval of a histogram log: {e.Message}", e);
            }
        }

        return intervals.ToImmutable();
    }

    private static HistogramInterval Interval(string line)
    {
        var tag = "";
        if (line.StartsWith(TagBeginning, StringComparison.Ordinal))
        {
            var end = line.IndexOf(',', StringComparison.Ordinal);
            (tag, line) = end < 0 ? throw new FormatException("nothing follows its tag.") : (line[TagBeginning.Length..end], line[(end + 1)..]);
        }

        return line.Split(',') is [var start, var length, _, var blob]
            ? new HistogramInterval(tag, Number(start), Number(length), HdrCounts.Decode(Convert.FromBase64String(blob)))
            : throw new FormatException("it does not have four columns.");
    }

    private static double Number(string text) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);
}

/// <summary>A line of a histogram log.</summary>
/// <param name="Tag">Of the series; empty: none.</param>
/// <param name="Start">Seconds, since the epoch or since the log began, as the writer had it.</param>
/// <param name="Length">Seconds.</param>
/// <param name="Latencies">In the unit of the writer, each in the middle of its bin, a thousandth wide; may be empty.</param>
public sealed record HistogramInterval(string Tag, double Start, double Length, LatencyDistribution Latencies);
