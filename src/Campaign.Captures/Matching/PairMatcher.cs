using Campaign.Captures.Pcap;

namespace Campaign.Captures.Matching;

/// <summary>Reads the capture before, then the capture behind, and finds every packet again.</summary>
internal sealed class PairMatcher(IdentityRule identity, long window)
{
    private const int PacketsPerLook = 1 << 12;

    /// <summary>Everything sent, in order; what became of it is known after <see cref="ReadPost"/>.</summary>
    public SentPackets Sent { get; } = new(identity.KeyLength);

    /// <summary>Packets in each second since the first packet before; seconds without a packet are absent.</summary>
    public SecondCounts SentPerSecond { get; } = new();

    /// <summary>Packets behind in each second since the first packet before.</summary>
    public SecondCounts ReceivedPerSecond { get; } = new();

    public long Matched { get; private set; }

    public long OutsideWindow { get; private set; }

    public long DuplicatesPre { get; private set; }

    public long DuplicatesPost { get; private set; }

    public long UnmatchedPost { get; private set; }

    public long AmbiguousPost { get; private set; }

    public long ForeignPre { get; private set; }

    public long ForeignPost { get; private set; }

    public long Reordered { get; private set; }

    /// <summary>The earliest timestamp behind, matched or not; the trim counts from it.</summary>
    public long EarliestPost { get; private set; } = long.MaxValue;

    /// <summary>Runs of packets behind that were never seen before.</summary>
    public RunLength UnmatchedRun { get; } = new();

    public void ReadPre(CaptureReader reader, CancellationToken cancellationToken)
    {
        Span<byte> key = stackalloc byte[identity.KeyLength];
        for (var read = 0L; reader.TryRead(out var packet); read++)
        {
            if (read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (read == 0)
                SentPerSecond.Start = ReceivedPerSecond.Start = packet.Timestamp;
            SentPerSecond.Add(packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
            {
                ForeignPre++;
                continue;
            }

            ref var sent = ref Sent[Sent.FindOrAdd(key[..length], packet.Timestamp, out var added)];
            if (added)
                continue;
            DuplicatesPre += sent.Fate == Fate.Repeated ? 1 : 2;
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
            ReceivedPerSecond.Add(packet.Timestamp);
            EarliestPost = Math.Min(EarliestPost, packet.Timestamp);
            var length = identity.Identify(packet, key);
            if (length == 0)
            {
                ForeignPost++;
                continue;
            }

            var index = Sent.Find(key[..length], guess: expected);
            if (index < 0)
            {
                UnmatchedPost++;
                UnmatchedRun.Extend(packet.Timestamp);
                continue;
            }

            UnmatchedRun.End();
            if (Arrive(ref Sent[index], packet.Timestamp))
                Order(index, ref expected);
        }
    }

    /// <summary>Settles the fate of one arrival; the first one within the window counts.</summary>
    /// <returns>Whether this arrival is the match.</returns>
    private bool Arrive(ref SentPacket sent, long timestamp)
    {
        if (sent.Fate == Fate.Repeated)
        {
            AmbiguousPost++;
            return false;
        }

        var matches = timestamp > sent.Sent && timestamp < sent.Sent + window;
        if (sent.Fate != Fate.Lost)
            DuplicatesPost++;
        if (sent.Fate == Fate.Matched || (sent.Fate == Fate.OutsideWindow && !matches))
            return false;

        OutsideWindow += (matches ? 0 : 1) - (sent.Fate == Fate.OutsideWindow ? 1 : 0);
        Matched += matches ? 1 : 0;
        sent.Fate = matches ? Fate.Matched : Fate.OutsideWindow;
        sent.Arrived = timestamp;
        return matches;
    }

    /// <summary>RFC 4737, 3.3: a packet is reordered when one that was sent later has arrived already.</summary>
    private void Order(int index, ref int expected)
    {
        if (index < expected)
            Reordered++;
        else
            expected = index + 1;
    }
}
