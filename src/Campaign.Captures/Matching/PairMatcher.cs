using System.Collections.Immutable;

namespace Campaign.Captures.Matching;

/// <summary>
/// Matches a capture before the device with one behind it. An identity sent twice is not matched at all; of an identity seen twice behind
/// the device the first arrival counts.
/// </summary>
internal sealed class PairMatcher<TKey>(EvaluationOptions options)
    where TKey : struct, IPacketKey<TKey>
{
    private readonly PacketLog<TKey> _log = new();
    private readonly List<Arrival> _arrivals = [];
    private readonly Dictionary<long, long> _receivedPerSecond = [];
    private long _unmatched;
    private long _duplicates;
    private long _reordered;
    private long _early;
    private int _nextExpected;

    /// <summary>Reads both captures to their ends.</summary>
    /// <exception cref="CaptureException">One of them is damaged, or in strict mode anything is wrong with the pair.</exception>
    public LatencyEvaluation Evaluate(CaptureReader pre, string prePath, CaptureReader post, string postPath, CancellationToken cancellationToken)
    {
        var before = new CaptureTally(prePath);
        while (pre.TryRead(out var packet))
        {
            before.Count(packet);
            if (TKey.TryRead(packet, out var key))
            {
                _log.Add(key, packet.Timestamp);
            }
            else
            {
                before.Foreign++;
            }

            Poll(before.Packets, cancellationToken);
        }

        var behind = new CaptureTally(postPath);
        while (post.TryRead(out var packet))
        {
            behind.Count(packet);
            if (TKey.TryRead(packet, out var key))
            {
                Arrive(_log.Find(key), packet.Timestamp, before.First);
            }
            else
            {
                behind.Foreign++;
            }

            Poll(behind.Packets, cancellationToken);
        }

        PairChecks.Check(options.Strict, before, behind, _arrivals.Count, _early, pre.Problems.AddRange(post.Problems), _log.Sent, _log.Fates, _unmatched);
        return Evaluation(before.Summary(pre), behind.Summary(post), before.Foreign + behind.Foreign, pre.Problems.AddRange(post.Problems));
    }

    private void Arrive(int place, long timestamp, long first)
    {
        var second = (timestamp - first) / 1_000_000_000;
        _receivedPerSecond[second] = _receivedPerSecond.GetValueOrDefault(second) + 1;
        if (place < 0)
        {
            _unmatched++;
            return;
        }

        switch (_log.Fates[place])
        {
            case Fate.Lost:
                Match(place, timestamp);
                break;
            case Fate.Matched or Fate.OutsideWindow:
                _duplicates++;
                break;
        }
    }

    private void Match(int place, long timestamp)
    {
        var latency = timestamp - _log.Sent[place];
        _early += latency <= 0 ? 1 : 0;
        var inside = latency > 0 && latency < options.Window;
        _log.Fates[place] = inside ? Fate.Matched : Fate.OutsideWindow;
        if (inside)
        {
            _arrivals.Add(new Arrival(latency, place, timestamp));
        }

        // RFC 4737, section 3: a packet is reordered when one that was sent later has arrived before it.
        if (place < _nextExpected)
        {
            _reordered++;
        }
        else
        {
            _nextExpected = place + 1;
        }
    }

    private LatencyEvaluation Evaluation(CaptureSummary pre, CaptureSummary post, long foreign, ImmutableArray<CaptureProblem> problems)
    {
        var from = options.TrimNanoseconds > 0 ? post.FirstTimestamp + options.TrimNanoseconds : long.MinValue;
        var after = options.Filtered && _arrivals.Count > 0 ? _arrivals.Min(a => a.At) + 1_000_000_000 : long.MinValue;
        var kept = _arrivals.Where(a => a.At >= from && a.At > after).ToArray();
        return new LatencyEvaluation
        {
            Pre = pre,
            Post = post,
            Identity = TKey.Name,
            Matched = _arrivals.Count,
            Lost = _log.Fates.LongCount(f => f == Fate.Lost),
            LongestLossBurst = LongestBurst(),
            UnmatchedPost = _unmatched,
            DuplicatesPre = _log.Duplicates,
            DuplicatesPost = _duplicates,
            Reordered = _reordered,
            OutsideWindow = _log.Fates.LongCount(f => f == Fate.OutsideWindow),
            Foreign = foreign,
            Trimmed = _arrivals.Count - kept.Length,
            Latencies = LatencyDistribution.Of(kept.Select(a => a.Latency)),
            Worst = Worst(kept),
            Seconds = Seconds(pre),
            Problems = problems,
        };
    }

    private long LongestBurst()
    {
        var (longest, current) = (0L, 0L);
        foreach (var fate in _log.Fates)
        {
            current = fate == Fate.Lost ? current + 1 : 0;
            longest = Math.Max(longest, current);
        }

        return longest;
    }

    private ImmutableArray<WorstPacket> Worst(Arrival[] kept)
    {
        var worst = kept
            .OrderByDescending(a => a.Latency).ThenBy(a => _log.Sent[a.Place]).ThenBy(a => a.At)
            .Take(options.Worst).ToArray();
        var names = _log.Names([.. worst.Select(a => a.Place)]);
        return [.. worst.Select(a => new WorstPacket(a.Latency, _log.Sent[a.Place], a.At, names[a.Place]))];
    }

    private ImmutableArray<SecondSummary> Seconds(CaptureSummary pre)
    {
        if (pre.Packets == 0)
        {
            return [];
        }

        int SecondOf(long timestamp) => (int)((timestamp - pre.FirstTimestamp) / 1_000_000_000);
        var latencies = _arrivals.ToLookup(a => SecondOf(_log.Sent[a.Place]), a => a.Latency);
        var sent = _log.Sent.CountBy(SecondOf).ToDictionary();
        var lost = _log.Sent.Where((_, i) => _log.Fates[i] == Fate.Lost).CountBy(SecondOf).ToDictionary();
        return [.. Enumerable.Range(0, SecondOf(pre.LastTimestamp) + 1).Select(second =>
        {
            var all = LatencyDistribution.Of(latencies[second]);
            long At(double p) => all.Count == 0 ? 0 : all.Percentile(p);
            return new SecondSummary(
                second, sent.GetValueOrDefault(second), _receivedPerSecond.GetValueOrDefault(second), lost.GetValueOrDefault(second),
                At(0.5), At(0.99), At(0.999), At(1));
        })];
    }

    private static void Poll(long packets, CancellationToken cancellationToken)
    {
        if (packets % 65536 == 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    private readonly record struct Arrival(long Latency, int Place, long At);
}
