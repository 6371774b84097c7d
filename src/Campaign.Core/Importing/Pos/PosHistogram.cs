using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Campaign.Captures;

namespace Campaign.Importing.Pos;

/// <summary>A histogram of latencies as MoonGen and MoonSniff's evaluation write it: <c>nanoseconds,count</c>, with or without a header.</summary>
/// <param name="Latencies">Each packet has the value of its bucket.</param>
/// <param name="Bucket">Width of a bucket in nanoseconds, as far as can be told: the smallest distance between two.</param>
internal sealed partial record PosHistogram(LatencyDistribution Latencies, long Bucket)
{
    /// <summary>Whether a file is one, whole or damaged: by its name, <c>hist.csv</c>, <c>histogram-rx.csv.zst</c>, and by its first lines, so that a table of something else is none.</summary>
    public static bool Is(PosFile file)
    {
        if (file.Extension != ".csv" || !Called.IsMatch(file.FileName))
        {
            return false;
        }

        try
        {
            string[] first = [.. CaptureArchive.ReadLines(file.Path).Where(l => l.Length > 0).Take(2)];
            return first.All(l => l.Split(',').Length == 2) && (first.Length < 2 || Row(first[1]) is not null);
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <param name="path">The file.</param>
    /// <param name="why">Why it cannot be used, as the end of a sentence about it; empty when it can.</param>
    public static PosHistogram? Read(string path, out string why)
    {
        try
        {
            return ReadRows(path, out why);
        }
        catch (IOException e)
        {
            why = $"cannot be read: {e.Message.TrimEnd('.')}";
            return null;
        }
    }

    private static PosHistogram? ReadRows(string path, out string why)
    {
        var buckets = new SortedDictionary<long, long>();
        foreach (var (number, line) in CaptureArchive.ReadLines(path).Index().Where(l => l.Item.Length > 0))
        {
            if (Row(line) is var (latency, count))
            {
                buckets[latency] = buckets.GetValueOrDefault(latency) + count;
            }
            else if (number > 0)
            {
                why = $"cannot be read: line {number + 1} is '{(line.Length > 60 ? line[..60] + "…" : line)}'";
                return null;
            }
        }

        ImmutableArray<KeyValuePair<long, long>> filled = [.. buckets.Where(b => b.Value > 0)];
        why = filled.IsEmpty ? "holds no latency" : "";
        return filled.IsEmpty ? null : new PosHistogram(
            new LatencyDistribution([.. filled.Select(b => b.Key)], [.. filled.Select(b => b.Value)]),
            filled.Length < 2 ? 1 : filled.Zip(filled.Skip(1), (a, b) => b.Key - a.Key).Min());
    }

    private static (long Latency, long Count)? Row(string line) =>
        line.Split(',', StringSplitOptions.TrimEntries) is [var latency, var count] && PublishedCsv.Long(latency, out var nanoseconds) && PublishedCsv.Long(count, out var packets) && packets >= 0
            ? (nanoseconds, packets)
            : null;

    // A history is none.
    [GeneratedRegex("hist(?!or[iy])", RegexOptions.IgnoreCase)]
    private static partial Regex Called { get; }
}
