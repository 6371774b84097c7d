using Campaign.Captures.Matching;
using Campaign.Captures.Pcap;

namespace Campaign.Captures.Partitioned;

/// <summary>Reads one side of a pair packet by packet, and counts everything that does not need the other side.</summary>
/// <param name="reader">At its first packet.</param>
/// <param name="identity">What makes two records the same packet.</param>
/// <param name="clocks">The seconds that begin with the first packet of this side.</param>
/// <param name="counts">Where each packet is counted.</param>
internal sealed class SideReader(CaptureReader reader, IdentityRule identity, SecondCounts[] clocks, SecondCounts[] counts)
{
    private const int PacketsPerLook = 1 << 12;

    private readonly byte[] _key = new byte[identity.KeyLength];
    private readonly GapClock _gaps = new();
    private long _read;
    private int _length;

    /// <summary>The packet's identity; good until the next one.</summary>
    public ReadOnlySpan<byte> Key => _key.AsSpan(0, _length);

    /// <summary>The packet's timestamp in nanoseconds.</summary>
    public long Time { get; private set; }

    /// <summary>The earliest timestamp so far, of a packet with or without an identity.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    /// <summary>Packets without an identity.</summary>
    public long Foreign { get; private set; }

    /// <summary>Goes to the next packet that has an identity.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="CaptureException">The storage under the file failed.</exception>
    /// <exception cref="OperationCanceledException">Looked at every few thousand packets.</exception>
    public bool TryRead(CancellationToken cancellationToken)
    {
        while (reader.TryRead(out var packet))
        {
            if (_read % PacketsPerLook == 0)
                cancellationToken.ThrowIfCancellationRequested();
            if (_read++ == 0)
                Begin(packet.Timestamp);
            foreach (var count in counts)
                count.Add(packet.Timestamp);
            _gaps.Add(packet.Timestamp);
            Time = packet.Timestamp;
            Earliest = Math.Min(Earliest, Time);
            _length = identity.Identify(packet, _key);
            if (_length > 0)
                return true;
            Foreign++;
        }

        return false;
    }

    /// <summary>The times between the packets that were read.</summary>
    public CompactCounts TakeGaps() => _gaps.Take();

    private void Begin(long first)
    {
        foreach (var clock in clocks)
            clock.Start = first;
    }
}
