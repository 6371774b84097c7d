using System.Collections.Concurrent;
using System.Collections.Immutable;
using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Partitioned;

/// <summary>
/// The way for any pair: packets go into parts by the hash of their key, in memory and past a budget on disk; each part is matched by itself, and what was
/// found is merged back into the order of the captures.
/// </summary>
internal sealed class PartitionedPair : IDisposable
{
    private readonly IdentityRule _identity;
    private readonly EvaluationOptions _options;
    private readonly string _folder;
    private readonly PagePool _pool;
    private readonly PairTally _tally;
    private readonly Sightings _pre;
    private readonly Sightings _post;
    private long _keepFrom = long.MinValue;

    private PartitionedPair(IdentityRule identity, EvaluationOptions options)
    {
        (_identity, _options) = (identity, options);
        _tally = new PairTally(options.Worst) { Flows = identity.HasFlows ? new FlowTally() : null };
        _folder = options.SpillFolder ?? Path.GetTempPath();
        _pool = new PagePool(HalfOfMemory);
        _pre = new Sightings(_pool, _folder, identity.KeyLength);
        _post = new Sightings(_pool, _folder, identity.KeyLength);
    }

    /// <summary>One half is for the packets that wait, the other for the tables of the parts that are being matched.</summary>
    private long HalfOfMemory => _options.MemoryBudget / 2;

    /// <summary>Reads and matches a pair.</summary>
    /// <exception cref="CaptureException">The captures are not evaluated; its message lists all that was found in either.</exception>
    /// <exception cref="IOException">The storage for what does not fit into memory is full or failed.</exception>
    public static Answer Read(CaptureReader pre, CaptureReader post, EvaluationOptions options, CancellationToken cancellationToken)
    {
        post.StartNear(pre);
        var identity = IdentityChoice.For(options, pre, post);
        using var pair = new PartitionedPair(identity, options);
        pair.Sort(pre, post, cancellationToken);
        ImmutableArray<CaptureProblem> problems = [.. pre.Problems.Concat(post.Problems).Where(one => !options.Growing || one.Kind != CaptureProblemKind.Truncated)];
        Judgement.Of(problems, options);
        pair.Match(cancellationToken);
        return new Answer(pair._tally, identity, pre.Summary, post.Summary, problems, pair.Names(cancellationToken), options);
    }

    public void Dispose()
    {
        _pre.Dispose();
        _post.Dispose();
    }

    /// <summary>Reads both captures to their ends, at once if there are threads, and sorts their packets into the parts.</summary>
    private void Sort(CaptureReader pre, CaptureReader post, CancellationToken cancellationToken)
    {
        var before = new SideReader(pre, _identity, [_tally.SentPerSecond, _tally.ReceivedPerSecond, _tally.LostPerSecond], [_tally.SentPerSecond]);
        var behind = new SideReader(post, _identity, [_tally.ReceivedPerOwnSecond], [_tally.ReceivedPerSecond, _tally.ReceivedPerOwnSecond]);

        // The seconds of both sides begin with the first packet before the device.
        if (before.TryRead(cancellationToken))
            _pre.Add(before.Time, before.Key);
        AtOnce.Run(_options.Threads, [end => Sort(before, _pre, end), end => Sort(behind, _post, end)], cancellationToken);

        (_tally.ForeignPre, _tally.ForeignPost) = (before.Foreign, behind.Foreign);
        (_tally.GapsPre, _tally.GapsPost) = (before.TakeGaps(), behind.TakeGaps());
        if (_options.TrimNanoseconds > 0)
            _keepFrom = behind.Earliest + _options.TrimNanoseconds;
    }

    private static void Sort(SideReader reader, Sightings sightings, CancellationToken cancellationToken)
    {
        while (reader.TryRead(cancellationToken))
            sightings.Add(reader.Time, reader.Key);
    }

    /// <summary>Matches the parts, as many at once as there are threads and as there is memory for, and takes what was found into the tally.</summary>
    private void Match(CancellationToken cancellationToken)
    {
        using var fates = new Partitions(_pool, _folder, _identity.HasFlows ? PlacedEvent.Size : PlacedEvent.SizeToSecond);
        using var arrivals = new Partitions(_pool, _folder, PlacedEvent.SizeToFirst);
        var matchers = new ConcurrentBag<PartMatcher>();
        Action<CancellationToken> MatchPart(int part) => _ =>
        {
            if (!matchers.TryTake(out var matcher))
                matcher = new PartMatcher(_identity, _options.Window, _keepFrom);
            matcher.Match(_pre[part], _post[part], fates[part], arrivals[part]);
            _post[part].Dispose();
            matchers.Add(matcher);
        };

        var largest = Enumerable.Range(0, Partitions.Count).Max(part => SentPackets.BytesFor(_pre[part].Count, _identity.KeyLength));
        var threads = (int)Math.Clamp(HalfOfMemory / largest, 1, _options.Threads);
        AtOnce.Run(threads, [.. Enumerable.Range(0, Partitions.Count).Select(MatchPart)], cancellationToken);

        var earliest = Math.Min(matchers.Min(matcher => matcher.Earliest), long.MaxValue - PairTally.FilterPause);
        foreach (var matcher in matchers)
            _tally.Matches.Add(matcher.Counts);
        AtOnce.Run(
            _options.Threads, [end => TakeFates(fates, earliest + PairTally.FilterPause, end), end => TakeOrder(arrivals, end)], cancellationToken);
    }

    private void TakeFates(Partitions fates, long keepAfter, CancellationToken cancellationToken)
    {
        var ledger = new FateLedger(_tally, _keepFrom, keepAfter);
        foreach (var one in PlacedEvent.InOrder(fates, _pre.Count, cancellationToken))
            ledger.Take(new SentPacket { Place = one.Place, Sent = one.First, Arrived = one.Second, Fate = (Fate)(one.Kind - 1) }, one.Flow);
        ledger.Close();
    }

    private void TakeOrder(Partitions arrivals, CancellationToken cancellationToken)
    {
        var order = new ArrivalOrder(_tally);
        foreach (var one in PlacedEvent.InOrder(arrivals, _post.Count, cancellationToken))
        {
            if (one.Kind == PlacedEvent.Match)
                order.Match(one.First);
            else if (one.Kind == PlacedEvent.Unmatched)
                order.Unmatched(one.First);
            else
                order.Other();
        }
    }

    /// <summary>How to name the worst packets.</summary>
    private Func<long, string> Names(CancellationToken cancellationToken)
    {
        var places = _tally.Early.Worst.Keys.Concat(_tally.Kept.Worst.Keys).ToHashSet();
        var names = places.Count > 0 ? _pre.Keys(places, _options.Threads, cancellationToken) : new Dictionary<long, string>();
        return place => names[place];
    }
}
