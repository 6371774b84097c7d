using System.Collections.Immutable;
using Campaign.Captures;

namespace Campaign.Importing.Pos;

/// <summary>A histogram of latencies as MoonGen and MoonSniff's evaluation write it: <c>nanoseconds,count</c>, with or without a header.</summary>
/// <param name="Latencies">Each packet has the value of its bucket.</param>
/// <param name="Bucket">Width of a bucket in nanoseconds, as far as can be told: the smallest distance between two.</param>
internal sealed record PosHistogram(LatencyDistribution Latencies, long Bucket)
{
    /// <summary>Whether a file is one, by its name: <c>hist.csv</c>, <c>histogram-rx.csv.zst</c>.</summary>
    public static bool Is(PosFile file) => file.Extension == ".csv" && file.FileName.Contains("hist", StringComparison.OrdinalIgnoreCase);

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
            var fields = line.Split(',', StringSplitOptions.TrimEntries);
            if (fields.Length == 2 && PublishedCsv.Long(fields[0], out var latency) && PublishedCsv.Long(fields[1], out var count) && count >= 0)
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
}
