using System.Collections.Immutable;
using System.Globalization;
using Campaign.Captures;

namespace Campaign.Importing;

/// <summary>The content of a result set, as published. Nothing is computed yet; what a file does not say is empty.</summary>
internal sealed record PublishedSet
{
    /// <summary>Packets in the capture before the device.</summary>
    public required long Pre { get; init; }

    /// <summary>Packets in the capture behind the device.</summary>
    public required long Post { get; init; }

    /// <summary>Lower edges of 100-ns buckets in nanoseconds, ascending, with packets.</summary>
    public required ImmutableArray<(long Key, long Count)> Histogram { get; init; }

    /// <summary>Exact percentiles: share of packets, nanoseconds.</summary>
    public required ImmutableArray<(double P, long Value)> Percentiles { get; init; }

    /// <summary>The largest latencies with both timestamps, largest first, without the packets' keys.</summary>
    public required ImmutableArray<WorstPacket> Worst { get; init; }

    /// <summary>Length of the frames without FCS, from a key of the worst list; 0: unknown.</summary>
    public required int FrameBytes { get; init; }

    /// <summary>Seconds since the first packet before the device: begin in nanoseconds, packets.</summary>
    public required ImmutableArray<(long Key, long Count)> RatePre { get; init; }

    public required ImmutableArray<(long Key, long Count)> RatePost { get; init; }

    /// <summary>Files that cannot be used: name of the file and why, the end of a sentence.</summary>
    public required ImmutableArray<(string Kind, string File, string Why)> Unusable { get; init; }

    /// <summary>Packets with a latency.</summary>
    public long Matched => Histogram.Sum(b => b.Count);

    /// <summary>Reads the files of one set; only one set is in memory at a time.</summary>
    public static PublishedSet Read(ResultSetFiles files)
    {
        var unusable = ImmutableArray.CreateBuilder<(string, string, string)>();
        void Note(string kind, string why)
        {
            if (why.Length > 0)
            {
                unusable.Add((kind, files[kind] is { } path ? Path.GetFileName(path) : $"{files.Capture}…{kind}.csv", why));
            }
        }

        ImmutableArray<(long Key, long Count)> Pairs(string kind)
        {
            var rows = new List<(long, long)>();
            Note(kind, PublishedCsv.Pairs(files[kind], rows));
            return [.. rows];
        }

        var (histogram, ratePre, ratePost) = (Pairs("hist"), Pairs("packetratepre"), Pairs("packetratepost"));
        foreach (var kind in new[] { "jitterpre", "jitterpost" })
        {
            // Nothing is made of them, but a set that lacks one is not whole.
            Note(kind, PublishedCsv.Read(files[kind], 2, _ => true));
        }

        var (percentiles, worst, frame, counts) = (new List<(double, long)>(), new List<WorstPacket>(), 0, (Pre: 0L, Post: 0L));
        Note("percentiles", PublishedCsv.Read(files["percentiles"], 3, fields => Percentile(fields, percentiles)));
        Note("worst", PublishedCsv.Read(files["worst"], 4, fields => Packet(fields, worst, ref frame)));
        Note("stats", PublishedCsv.Read(files["stats"], 4, fields => PublishedCsv.Long(fields[0], out counts.Pre) && PublishedCsv.Long(fields[1], out counts.Post)));
        Note("transferrate", PublishedCsv.Read(files["transferrate"], 5, _ => true));
        return new PublishedSet
        {
            Pre = counts.Pre,
            Post = counts.Post,
            Histogram = histogram,
            Percentiles = [.. percentiles],
            Worst = [.. worst],
            FrameBytes = frame,
            RatePre = ratePre,
            RatePost = ratePost,
            Unusable = unusable.ToImmutable(),
        };
    }

    // A set without packets has rows without values.
    private static bool Percentile(string[] fields, List<(double, long)> rows)
    {
        if (!double.TryParse(fields[0], NumberStyles.Float, CultureInfo.InvariantCulture, out var p) || p is < 0 or > 1)
        {
            return false;
        }

        if (fields[1].Length > 0)
        {
            if (!PublishedCsv.Long(fields[1], out var value))
            {
                return false;
            }

            rows.Add((p, value));
        }

        return true;
    }

    private static bool Packet(string[] fields, List<WorstPacket> rows, ref int frame)
    {
        if (!PublishedCsv.Long(fields[0], out var latency) || !PublishedCsv.Long(fields[1], out var pre) || !PublishedCsv.Long(fields[2], out var post) ||
            (rows.Count > 0 && latency > rows[^1].Latency))
        {
            return false;
        }

        frame = frame > 0 ? frame : FrameOf(fields[3]);
        // Keys are most of a set; they stay in the published file.
        rows.Add(new WorstPacket(latency, pre, post, ""));
        return true;
    }

    // The key begins behind the MAC addresses: type 0800, then an IPv4 header whose bytes 2 and 3 are its length.
    private static int FrameOf(string key)
    {
        const int Ethernet = 14;
        return key.StartsWith("080045", StringComparison.Ordinal) && key.Length >= 12 &&
            int.TryParse(key.AsSpan(8, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var length) ? length + Ethernet : 0;
    }
}
