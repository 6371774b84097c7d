using Campaign.Captures.Matching;

namespace Campaign.Captures.Sequential;

/// <summary>
/// Matches a stretch of both captures whose ids ascend. The capture before is read a little ahead; its timestamps lie in a ring by id, where those behind
/// find them. Memory does not depend on how long the stretch is: an id that leaves the ring unmatched goes to a list of a byte each.
/// </summary>
/// <remarks>
/// Whatever the ring cannot decide is either kept aside in small lists or ends the attempt with <see cref="NotSequentialException"/>; the answers, where
/// there are any, are those of <see cref="Partitioned.PartitionedPair"/>.
/// </remarks>
internal sealed partial class SegmentMatcher
{
    private const int RingSize = 1 << 16;
    private const uint RingMask = RingSize - 1;

    /// <summary>Packets before the device that are read together.</summary>
    private const uint Batch = 1 << 13;

    /// <summary>How far reading before runs ahead of what arrives, at least: an id that comes again so soon is seen before its match.</summary>
    private const uint Ahead = 1 << 13;

    /// <summary>Ids further away than this from the one expected are not of the sequence.</summary>
    private const uint FurthestJump = 1u << 31;

    private const long Done = long.MaxValue;
    private const long Absent = Done - 1;
    private const long Repeated = Done - 2;
    private const long Outside = Done - 3;

    private const int LargestList = 1 << 16;
    private const int LargestIdList = 1 << 25;

    private readonly long[] _ring = new long[RingSize];
    private readonly Queue<(uint From, int Second)> _seconds = [];
    private readonly List<(uint Id, long Arrived)> _late = [];
    private readonly SegmentBounds _bounds;
    private readonly PhaseClock _clock;
    private readonly Side _pre;
    private readonly Side _post;
    private readonly long _window;
    private readonly uint _base;
    private LatencyCounter _current = new();
    private LatencyCounter _previous = new();
    private int _second = -1;
    private int _previousSecond = -1;
    private uint _secondFrom;
    private uint _head;
    private uint _evicted;
    private bool _preEnded;
    private uint _next;
    private uint _limit;
    private Phase _phase;

    public SegmentMatcher(SequentialCapture pre, SequentialCapture post, SegmentBounds bounds, PhaseClock clock, EvaluationOptions options)
    {
        _bounds = bounds;
        _clock = clock;
        _window = options.Window;
        _base = bounds.FirstId;
        _pre = new Side(pre, bounds.PreFrom, bounds.PreTo, pre.First);
        _post = new Side(post, bounds.PostFrom, bounds.PostTo, pre.First);
        Early = new PhaseTally(options.Worst);
        Kept = new PhaseTally(options.Worst);
        LostPerSecond.Start = pre.First;
        _ring.AsSpan().Fill(Done);
    }

    private enum Phase
    {
        Trimmed,
        Early,
        Kept,
    }

    public Side Pre => _pre;

    public Side Post => _post;

    /// <summary>Ids are counted from here.</summary>
    public uint Base => _base;

    /// <summary>Ids before, with those that are missing in between.</summary>
    public uint Ids => _head;

    /// <summary>What arrived within a second of the first match.</summary>
    public PhaseTally Early { get; }

    /// <summary>What arrived after that.</summary>
    public PhaseTally Kept { get; }

    public long Matched { get; private set; }

    public long DuplicatesPre { get; private set; }

    public long DuplicatesPost { get; private set; }

    public long UnmatchedPost { get; private set; }

    public long AmbiguousPost { get; private set; }

    public long Reordered { get; private set; }

    /// <summary>Ids that never arrived.</summary>
    public IdList Lost { get; private set; } = new();

    /// <summary>Ids that were never sent.</summary>
    public IdList Missing { get; } = new();

    /// <summary>Ids that were sent more than once.</summary>
    public SortedSet<uint> RepeatedIds { get; } = [];

    /// <summary>Ids that only arrived outside the window.</summary>
    public Dictionary<uint, (long Sent, long Arrived)> OutsideIds { get; } = [];

    public SecondCounts LostPerSecond { get; } = new();

    public RunLength UnmatchedRun { get; } = new();

    public long LongestLatency { get; private set; }

    /// <summary>Timestamp of the last packet before that brought a new id.</summary>
    public long LastSent { get; private set; }

    /// <summary>Reads both stretches to their ends.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        ReadPre(cancellationToken);
        while (true)
        {
            SkimPost();
            if (_post.IsShort && _post.Window.Refill())
                continue;
            if (!TakePost(cancellationToken))
                break;
        }

        while (!_preEnded)
            ReadPre(cancellationToken);
        Evict(_head);
        _pre.Settle();
        _post.Settle();
        Close(_previous, _previousSecond);
        Close(_current, _second);
        _second = _previousSecond = -1;
        ResolveLate(cancellationToken);
    }
}
