using System.Collections.Immutable;

namespace Campaign.Captures.Pcap;

/// <summary>One form of capture file: from bytes to packets.</summary>
internal abstract class RecordDecoder(RefillBuffer buffer, string path)
{
    private readonly ImmutableArray<CaptureProblem>.Builder _ending = ImmutableArray.CreateBuilder<CaptureProblem>();

    protected const string Again = "It was cut or damaged; copy it again from where it was captured.";

    public abstract CaptureFormat Format { get; }

    /// <summary>What was found so far, in the order of <see cref="CaptureProblemKind"/>.</summary>
    public ImmutableArray<CaptureProblem> Problems => [.. _ending, .. Found()];

    /// <summary>Whole packets read.</summary>
    public long Packets { get; private set; }

    protected RefillBuffer Buffer => buffer;

    protected string Path => path;

    protected bool Ended { get; set; }

    /// <summary>Reads the next packet; false at the end, or where nothing more can be read.</summary>
    public bool TryRead(out Packet packet)
    {
        packet = default;
        if (Ended || !TryDecode(out packet))
            return false;
        Packets++;
        return true;
    }

    protected abstract bool TryDecode(out Packet packet);

    /// <summary>Problems that did not end the reading.</summary>
    protected virtual IEnumerable<CaptureProblem> Found() => [];

    protected bool EndOrTruncation(int left, int size)
    {
        if (left == 0 && buffer.Breakage is null)
        {
            Ended = true;
            return false;
        }

        return EndWithin(left, size);
    }

    protected bool EndWithin(int got, int size) => End(
        CaptureProblemKind.Truncated,
        buffer.Breakage is { } breakage
            ? $"{path} {breakage}, {buffer.Position} bytes after unpacking began and {Packets} packets in. {Again}"
            : $"{path} ends within the record at byte {buffer.Position}: {got} of {size} bytes are there, after {Packets} whole packets. {Again}");

    /// <summary>Nothing but zeros may follow.</summary>
    protected bool EndAtZeros()
    {
        var from = buffer.Position;
        ReadOnlySpan<byte> next;
        while (!(next = buffer.Peek(RefillBuffer.Capacity / 2)).IsEmpty)
        {
            var zeros = next.IndexOfAnyExcept((byte)0);
            if (zeros >= 0)
                return End(CaptureProblemKind.CorruptRecord, $"The record at byte {from} of {path} is zeros, with data behind it from byte {buffer.Position + zeros}. The capture is damaged there; copy it again from where it was captured.", from);
            buffer.Skip(next.Length);
        }

        return End(CaptureProblemKind.ZeroTail, $"{path} is nothing but zeros from byte {from} on, {buffer.Position - from} bytes: the capturing program stopped before it cut the file to size, after {Packets} packets. Capture again.", from);
    }

    protected bool EndCorrupt(string reason) =>
        End(CaptureProblemKind.CorruptRecord, $"The record at byte {buffer.Position} of {path} {reason}. The capture is damaged there; copy it again from where it was captured.");

    protected bool End(CaptureProblemKind kind, string message, long offset = -1)
    {
        Ended = true;
        _ending.Add(new CaptureProblem(kind, path, offset < 0 ? buffer.Position : offset, message));
        return false;
    }
}
