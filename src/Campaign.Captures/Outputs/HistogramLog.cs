using System.Globalization;

namespace Campaign.Captures.Outputs;

/// <summary>
/// Writes an HdrHistogram log, version 1.3: a histogram for each second, which together are the time series and, added up, the distribution. The readers of
/// Java and JavaScript take it. Its bins are a thousandth wide: exact values are elsewhere.
/// </summary>
public sealed class HistogramLog
{
    private const double Milliseconds = 1e6;

    private readonly TextWriter _writer;
    private readonly string _tag;

    /// <param name="writer">UTF-8 without a byte order mark; not closed.</param>
    /// <param name="start">When the first second began.</param>
    /// <param name="tag">Put in front of each line, so that several series may share a file; empty for none. No comma, space or line end.</param>
    /// <param name="about">A line for people; may be empty.</param>
    public HistogramLog(TextWriter writer, DateTimeOffset start, string tag = "", string about = "")
    {
        if (tag.AsSpan().ContainsAny(", \r\n"))
            throw new ArgumentException($"A tag in a histogram log has no comma, space or line end; this one is \"{tag}\".", nameof(tag));

        (_writer, _tag) = (writer, tag);
        if (about.Length > 0)
            Line($"#[{about.ReplaceLineEndings(" ")}]");
        Line("#[Histogram log format version 1.3]");
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"#[StartTime: {start.ToUnixTimeMilliseconds() / 1e3:0.000} (seconds since epoch), {start.UtcDateTime:ddd MMM dd HH:mm:ss 'UTC' yyyy}]"));
        Line("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"");
    }

    /// <summary>Appends an interval.</summary>
    /// <param name="start">When it began.</param>
    /// <param name="length">How long it is.</param>
    /// <param name="latencies">Nanoseconds; may be empty.</param>
    public void Write(DateTimeOffset start, TimeSpan length, LatencyDistribution latencies)
    {
        var maximum = latencies.Count == 0 ? 0 : HdrCounts.HighestEquivalent(latencies.Maximum);
        Line(string.Create(
            CultureInfo.InvariantCulture,
            $"{(_tag.Length == 0 ? "" : $"Tag={_tag},")}{start.ToUnixTimeMilliseconds() / 1e3:0.000},{length.TotalSeconds:0.000},{maximum / Milliseconds:0.000},{Convert.ToBase64String(HdrCounts.Encode(latencies))}"));
    }

    // Line ends do not depend on the system.
    private void Line(string text)
    {
        _writer.Write(text);
        _writer.Write('\n');
    }
}
