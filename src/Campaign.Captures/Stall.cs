using System.Collections.Immutable;

namespace Campaign.Captures;

/// <summary>Packets that waited together: each was sent before the one in front of it had arrived. The tail of a trial is a handful of these.</summary>
/// <param name="Begin">Nanoseconds; when the first of them was sent.</param>
/// <param name="End">Nanoseconds; when the last of them arrived.</param>
/// <param name="Longest">Nanoseconds; the largest latency among them.</param>
/// <param name="Packets">How many of the worst packets it is.</param>
public readonly record struct Stall(long Begin, long End, long Longest, int Packets)
{
    /// <summary>Groups the worst packets of an evaluation.</summary>
    /// <param name="worst">In any order.</param>
    /// <param name="threshold">Nanoseconds; smaller latencies are no stall.</param>
    /// <returns>In the order of time.</returns>
    public static ImmutableArray<Stall> Find(IEnumerable<WorstPacket> worst, long threshold)
    {
        var stalls = ImmutableArray.CreateBuilder<Stall>();
        foreach (var packet in worst.Where(packet => packet.Latency >= threshold).OrderBy(packet => packet.PreTimestamp))
        {
            if (stalls.Count > 0 && packet.PreTimestamp <= stalls[^1].End)
            {
                var open = stalls[^1];
                stalls[^1] = new Stall(open.Begin, Math.Max(open.End, packet.PostTimestamp), Math.Max(open.Longest, packet.Latency), open.Packets + 1);
            }
            else
            {
                stalls.Add(new Stall(packet.PreTimestamp, packet.PostTimestamp, packet.Latency, 1));
            }
        }

        return stalls.ToImmutable();
    }
}
