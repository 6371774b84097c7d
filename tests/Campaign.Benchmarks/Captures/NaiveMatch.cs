using System.Buffers.Binary;
using System.Globalization;

namespace Campaign.Benchmarks.Captures;

/// <summary>What one writes first: a dictionary of every id sent, a list of every latency, sorted at the end.</summary>
internal static class NaiveMatch
{
    public static string Of(string pre, string post)
    {
        var sent = new Dictionary<uint, long>();
        foreach (var (id, time) in Read(pre))
            sent[id] = time;
        var latencies = new List<long>();
        foreach (var (id, time) in Read(post))
        {
            if (sent.Remove(id, out var since))
                latencies.Add(time - since);
        }

        latencies.Sort();
        return string.Create(CultureInfo.InvariantCulture, $"matched {latencies.Count}\np50 {latencies[latencies.Count / 2]}\n");
    }

    private static IEnumerable<(uint Id, long Time)> Read(string path)
    {
        using var reader = new BinaryReader(File.OpenRead(path));
        reader.ReadBytes(24);
        while (reader.ReadBytes(16) is { Length: 16 } header)
        {
            var time = BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(4));
            var packet = reader.ReadBytes(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(8)));
            yield return (BinaryPrimitives.ReadUInt32LittleEndian(packet.AsSpan(42)), time);
        }
    }
}
