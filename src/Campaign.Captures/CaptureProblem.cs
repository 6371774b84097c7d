namespace Campaign.Captures;

/// <summary>Something wrong with a capture or with a pair of them.</summary>
/// <param name="Kind">Stable name for programs.</param>
/// <param name="Path">The file.</param>
/// <param name="Offset">Byte offset after decompression, or -1.</param>
/// <param name="Message">A sentence for people, with numbers, the file's name and what to do.</param>
public sealed record CaptureProblem(CaptureProblemKind Kind, string Path, long Offset, string Message)
{
    /// <summary>Whether numbers in spite of it would mean something, so that a lenient evaluation may go on.</summary>
    public bool LeavesTheRestUsable => Kind < CaptureProblemKind.Unreadable;
}

/// <summary>Kinds of <see cref="CaptureProblem"/>. From <see cref="Unreadable"/> on there is nothing to evaluate.</summary>
public enum CaptureProblemKind
{
    /// <summary>The file ends within a record.</summary>
    Truncated,

    /// <summary>Nothing but zeros from some offset on: a preallocated file that was never cut to size.</summary>
    ZeroTail,

    /// <summary>A second file header inside: two captures in one file.</summary>
    Appended,

    /// <summary>Timestamps run backwards by more than neighbouring packets can be exchanged.</summary>
    TimeBackwards,

    /// <summary>A record's length on the wire contradicts the packet's own IP header.</summary>
    WireLength,

    /// <summary>One capture of a pair stops long before the other.</summary>
    EndsEarly,

    /// <summary>Packets were seen behind the device before they were seen in front of it.</summary>
    Causality,

    /// <summary>The first or last timestamp stands alone in one capture and not in the other.</summary>
    LoneTimestamp,

    /// <summary>A file header and nothing behind it.</summary>
    NoPackets,

    /// <summary>The two captures have no packet in common; or the device lost them all.</summary>
    Unrelated,

    /// <summary>Not a capture that this program reads, or a damaged file header.</summary>
    Unreadable,

    /// <summary>A record header that cannot be right; where the next record begins is unknown.</summary>
    CorruptRecord,

    /// <summary>The capture behind the device was given first, or one capture was given twice.</summary>
    Swapped,
}
