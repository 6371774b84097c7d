using Campaign.Captures.Pcap;
using Campaign.Captures.Spilling;

namespace Campaign.Captures.Matching;

/// <summary>Reads the capture before, then the capture behind, and finds every packet again, whatever its identity; on disk when memory does not do.</summary>
internal sealed class PairMatcher(IdentityRule identity, EvaluationOptions options) : IDisposable
{
    private const int PacketsPerLook = 1 << 12;
    private const long FilterPause = 1_000_000_000;

    private readonly SentPackets _sent = new(identity.KeyLength);
    private long _earliestPost = long.MaxValue;
    private SpilledPair? _spilled;

    /// <summary>What was counted; the fates are in it after <see cref="Close"/>.</summary>
    public PairTally Tally { get; } = new(options.Worst) { Flows = identity.HasFlows ? new FlowTally() : null };

    public void ReadPre(CaptureReader reader, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[identity.KeyLength];
        var gaps = new GapClock();
        for (var read = 0L; reader.TryRead(out var packet); read++)
        {
            if (read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (read == 0)
                Tally.SentPerSecond.Start = Tally.ReceivedPerSecond.Start = Tally.LostPerSecond.Start = packet.Timestamp;
            Tally.SentPerSecond.Add(packet.Timestamp);
            gaps.Add(packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
                Tally.ForeignPre++;
            else if (_spilled is not null)
                _spilled.AddPre(packet.Timestamp, key[..length]);
            else
                Send(key[..length], packet.Timestamp);
        }

        Tally.GapsPre = gaps.Take();
    }

    public void ReadPost(CaptureReader reader, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[identity.KeyLength];
        var order = new ArrivalOrder(Tally);
        var settle = new Arrivals(Tally, options.Window);
        var gaps = new GapClock();
        for (var read = 0L; reader.TryRead(out var packet); read++)
        {
            if (read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (read == 0)
                Tally.ReceivedPerOwnSecond.Start = packet.Timestamp;
            Tally.ReceivedPerSecond.Add(packet.Timestamp);
            Tally.ReceivedPerOwnSecond.Add(packet.Timestamp);
            gaps.Add(packet.Timestamp);
            _earliestPost = Math.Min(_earliestPost, packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
                Tally.ForeignPost++;
            else if (_spilled is not null)
                _spilled.AddPost(packet.Timestamp, key[..length]);
            else
                Arrive(order, settle, key[..length], packet.Timestamp);
        }

        Tally.GapsPost = gaps.Take();
    }

    /// <summary>Takes the fates of all packets into the tally, once both captures were read.</summary>
    public void Close(CancellationToken cancellationToken)
    {
        var keepFrom = options.TrimNanoseconds == 0 ? long.MinValue : _earliestPost + options.TrimNanoseconds;
        if (_spilled is not null)
        {
            _spilled.Close(keepFrom, FilterPause, cancellationToken);
            return;
        }

        var ledger = new FateLedger(Tally, keepFrom, EarliestKept(keepFrom) + FilterPause);
        for (var index = 0; index < _sent.Count; index++)
            ledger.Take(index, _sent[index], identity.FlowOf(_sent.Key(index)));
        ledger.Close();
        if (_sent.Count > 0)
            Tally.LastSent = _sent[_sent.Count - 1].Sent;
    }

    /// <summary>How to name the worst packets.</summary>
    public Func<long, string> Names()
    {
        if (_spilled is null)
            return index => Convert.ToHexStringLower(_sent.Key((int)index));

        var names = _spilled.Keys([.. Tally.Early.Worst.Keys, .. Tally.Kept.Worst.Keys]);
        return place => names[place];
    }

    public void Dispose() => _spilled?.Dispose();

    private void Send(ReadOnlySpan<byte> key, long time)
    {
        ref var sent = ref _sent[_sent.FindOrAdd(key, time, out var added)];
        if (!added)
        {
            Tally.DuplicatesPre += sent.Fate == Fate.Repeated ? 1 : 2;
            sent.Fate = Fate.Repeated;
        }

        if (_sent.Bytes > options.MemoryBudget)
            Spill();
    }

    private void Arrive(ArrivalOrder order, Arrivals settle, ReadOnlySpan<byte> key, long time)
    {
        // Packets mostly arrive as they were sent.
        var index = _sent.Find(key, guess: (int)order.Expected);
        if (index < 0)
            order.Unmatched(time);
        else if (settle.Settle(ref _sent[index], time))
            order.Match(index);
        else
            order.Other();
    }

    /// <summary>Moves what was sent so far to disk; a repeated packet goes there twice, which says all of it.</summary>
    private void Spill()
    {
        _spilled = new SpilledPair(Tally, _sent, identity, options.Window, options.SpillFolder);
        for (var index = 0; index < _sent.Count; index++)
        {
            _spilled.AddPre(_sent[index].Sent, _sent.Key(index));
            if (_sent[index].Fate != Fate.Repeated)
                continue;
            _spilled.AddPre(_sent[index].Sent, _sent.Key(index));
            Tally.DuplicatesPre -= 2;
        }
    }

    private long EarliestKept(long keepFrom)
    {
        var earliest = long.MaxValue - FilterPause;
        for (var index = 0; index < _sent.Count; index++)
        {
            ref var packet = ref _sent[index];
            if (packet.Fate == Fate.Matched && packet.Arrived >= keepFrom)
                earliest = Math.Min(earliest, packet.Arrived);
        }

        return earliest;
    }
}
