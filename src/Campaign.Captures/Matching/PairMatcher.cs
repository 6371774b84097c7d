using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>Reads the capture before, then the capture behind, and finds every packet again.</summary>
internal sealed class PairMatcher(IdentityRule identity, EvaluationOptions options)
{
    private const int PacketsPerLook = 1 << 12;
    private const long FilterPause = 1_000_000_000;

    private long _earliestPost = long.MaxValue;

    /// <summary>Everything sent, in order; what became of it is known after <see cref="ReadPost"/>.</summary>
    public SentPackets Sent { get; } = new(identity.KeyLength);

    /// <summary>What was counted; the fates are in it after <see cref="Close"/>.</summary>
    public PairTally Tally { get; } = new(options.Worst);

    public void ReadPre(CaptureReader reader, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[identity.KeyLength];
        for (var read = 0L; reader.TryRead(out var packet); read++)
        {
            if (read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (read == 0)
                Tally.SentPerSecond.Start = Tally.ReceivedPerSecond.Start = Tally.LostPerSecond.Start = packet.Timestamp;
            Tally.SentPerSecond.Add(packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
            {
                Tally.ForeignPre++;
                continue;
            }

            ref var sent = ref Sent[Sent.FindOrAdd(key[..length], packet.Timestamp, out var added)];
            if (added)
                continue;
            Tally.DuplicatesPre += sent.Fate == Fate.Repeated ? 1 : 2;
            sent.Fate = Fate.Repeated;
        }
    }

    public void ReadPost(CaptureReader reader, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[identity.KeyLength];
        var expected = 0;
        for (var read = 0L; reader.TryRead(out var packet); read++)
        {
            if (read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            Tally.ReceivedPerSecond.Add(packet.Timestamp);
            _earliestPost = Math.Min(_earliestPost, packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
            {
                Tally.ForeignPost++;
                continue;
            }

            var index = Sent.Find(key[..length], guess: expected);
            if (index < 0)
            {
                Tally.UnmatchedPost++;
                Tally.UnmatchedRun.Extend(packet.Timestamp);
                continue;
            }

            Tally.UnmatchedRun.End();
            if (Arrive(ref Sent[index], packet.Timestamp))
                Order(index, ref expected);
        }
    }

    /// <summary>Takes the fates of all packets into the tally, once both captures were read.</summary>
    public void Close()
    {
        var keepFrom = options.TrimNanoseconds == 0 ? long.MinValue : _earliestPost + options.TrimNanoseconds;
        var ledger = new FateLedger(Tally, keepFrom, EarliestKept(keepFrom) + FilterPause);
        for (var index = 0; index < Sent.Count; index++)
            ledger.Take(index, Sent[index]);
        ledger.Close();
        if (Sent.Count > 0)
            Tally.LastSent = Sent[Sent.Count - 1].Sent;
    }

    private long EarliestKept(long keepFrom)
    {
        var earliest = long.MaxValue - FilterPause;
        for (var index = 0; index < Sent.Count; index++)
        {
            ref var packet = ref Sent[index];
            if (packet.Fate == Fate.Matched && packet.Arrived >= keepFrom)
                earliest = Math.Min(earliest, packet.Arrived);
        }

        return earliest;
    }

    /// <summary>Settles the fate of one arrival; the first one within the window counts.</summary>
    /// <returns>Whether this arrival is the match.</returns>
    private bool Arrive(ref SentPacket sent, long timestamp)
    {
        if (sent.Fate == Fate.Repeated)
        {
            Tally.AmbiguousPost++;
            return false;
        }

        var matches = timestamp > sent.Sent && timestamp < sent.Sent + options.Window;
        if (sent.Fate != Fate.Lost)
            Tally.DuplicatesPost++;
        if (sent.Fate == Fate.Matched || (sent.Fate == Fate.OutsideWindow && !matches))
            return false;

        Tally.OutsideWindow += (matches ? 0 : 1) - (sent.Fate == Fate.OutsideWindow ? 1 : 0);
        Tally.Matched += matches ? 1 : 0;
        sent.Fate = matches ? Fate.Matched : Fate.OutsideWindow;
        sent.Arrived = timestamp;
        return matches;
    }

    /// <summary>RFC 4737, 3.3: a packet is reordered when one that was sent later has arrived already.</summary>
    private void Order(int index, ref int expected)
    {
        if (index < expected)
            Tally.Reordered++;
        else
            expected = index + 1;
    }
}
