using System.Buffers.Binary;
using System.Globalization;

namespace Campaign.Captures.Benchmarks;

/// <summary>
/// What one writes in an afternoon: an object for each packet, a dictionary by id, a list of latencies that is sorted at the end. It answers what the truth
/// file asks, and nothing of what an evaluation finds out besides.
/// </summary>
internal static class NaiveMatch
{
    private sealed record Packet(uint Id, long Time, int Place)
    {
        public bool Arrived { get; set; }
    }

    public static string Of(string pre, string post)
    {
        var sent = Read(pre).ToList();
        var byId = sent.ToDictionary(packet => packet.Id);
        var latencies = new List<long>();
        var (duplicates, reordered, newest) = (0L, 0L, -1);
        foreach (var arrival in Read(post))
        {
            if (!byId.TryGetValue(arrival.Id, out var packet))
                continue;
            if (packet.Arrived)
            {
                duplicates++;
                continue;
            }

            packet.Arrived = true;
            latencies.Add(arrival.Time - packet.Time);
            reordered += packet.Place < newest ? 1 : 0;
            newest = Math.Max(newest, packet.Place);
        }

        latencies.Sort();
        var (run, longest) = (0, 0);
        foreach (var packet in sent)
        {
            run = packet.Arrived ? 0 : run + 1;
            longest = Math.Max(longest, run);
        }

        return string.Create(
            CultureInfo.InvariantCulture,
            $"sent {sent.Count}\nmatched {latencies.Count}\nlost {sent.Count - latencies.Count}\nlongest_loss_burst {longest}\nduplicates_post {duplicates}\nreordered {reordered}\n")
            + string.Concat(Truth.Percentiles.Select(p => string.Create(
                CultureInfo.InvariantCulture, $"p{p * 100:0.######} {latencies[Math.Max(1, (int)Math.Ceiling(p * latencies.Count)) - 1]}\n")));
    }

    private static IEnumerable<Packet> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        reader.ReadBytes(24);
        for (var place = 0; reader.ReadBytes(16) is { Length: 16 } header; place++)
        {
            var time = BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            var packet = reader.ReadBytes(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)));
            yield return new Packet(BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(42)), time, place);
        }
    }
}
