using System.Collections.Immutable;
using Campaign.Captures;

namespace Campaign.Importing;

/// <summary>
/// One distribution from a published histogram, percentiles and worst packets. Known order statistics (each percentile's rank, every rank of the worst list) keep their
/// exact nanoseconds; the packets between two of them take the middle of their 100-ns bucket, kept between the known neighbours. So every published percentile comes out as
/// published, and any other is off by less than a bucket.
/// </summary>
internal sealed class PublishedLatencies
{
    private const long Bucket = 100;

    private readonly PublishedSet _set;
    private readonly long _count;
    private readonly List<(long Rank, long Value)> _known = [];

    private PublishedLatencies(PublishedSet set)
    {
        (_set, _count) = (set, set.Matched);
        foreach (var (p, value) in set.Percentiles)
        {
            Add(Rank(p), value);
        }

        foreach (var (index, packet) in set.Worst.Reverse().Index())
        {
            Add(_count - set.Worst.Length + 1 + index, packet.Latency);
        }

        _known.Sort();
    }

    /// <param name="set">With a histogram.</param>
    /// <param name="contradiction">A sentence, when the files of the set contradict each other; otherwise empty.</param>
    public static LatencyDistribution Of(PublishedSet set, out string contradiction) => new PublishedLatencies(set).Build(out contradiction);

    /// <summary>As PostgreSQL's <c>percentile_disc</c> has it.</summary>
    private long Rank(double p) => Math.Clamp((long)Math.Ceiling(p * _count), 1, _count);

    private void Add(long rank, long value)
    {
        if (rank >= 1)
        {
            _known.Add((rank, value));
        }
    }

    private LatencyDistribution Build(out string contradiction)
    {
        var (values, counts) = (ImmutableArray.CreateBuilder<long>(), ImmutableArray.CreateBuilder<long>());
        void Append(long value, long count)
        {
            if (values.Count > 0 && values[^1] >= value)
            {
                counts[^1] += count;
            }
            else if (count > 0)
            {
                values.Add(value);
                counts.Add(count);
            }
        }

        contradiction = "";
        var (passed, next, last) = (0L, 0, long.MinValue);
        foreach (var (edge, packets) in _set.Histogram)
        {
            var end = passed + packets;
            for (; next < _known.Count && _known[next].Rank <= end; next++)
            {
                var (rank, value) = _known[next];
                if ((value < edge || value >= edge + Bucket || value < last) && contradiction.Length == 0)
                {
                    contradiction = FormattableString.Invariant(
                        $"The files contradict each other: packet {rank} of {_count} has {value} ns in the percentiles or the worst list, and lies in the bucket from {edge} ns of the histogram.");
                }

                Append(Between(edge, last, value), Math.Max(0, rank - 1 - passed));
                Append(value, rank > passed ? 1 : 0);
                (passed, last) = (Math.Max(passed, rank), value);
            }

            Append(Between(edge, last, next < _known.Count ? _known[next].Value : long.MaxValue), end - passed);
            passed = end;
        }

        return new LatencyDistribution(values.DrainToImmutable(), counts.DrainToImmutable());
    }

    private static long Between(long edge, long below, long above) => Math.Min(above, Math.Max(below, edge + (Bucket / 2)));
}
