using Campaign.Captures.Matching;

namespace Campaign.Captures.Sequential;

/// <summary>
/// When arrivals begin to count: after the trim, and for the filtered evaluation a second after the first match. That match is in the first segment;
/// the threads of the others wait for it.
/// </summary>
/// <param name="keepFrom">Nanoseconds; arrivals before it are trimmed.</param>
internal sealed class PhaseClock(long keepFrom) : IDisposable
{
    private readonly ManualResetEventSlim _known = new();
    private bool _failed;

    public long KeepFrom => keepFrom;

    /// <summary>The filtered evaluation keeps later arrivals; <see cref="long.MaxValue"/> until the first match.</summary>
    public long KeepAfter { get; private set; } = long.MaxValue;

    public bool IsKnown => _known.IsSet;

    /// <summary>Takes the first match that is not trimmed.</summary>
    public void Start(long arrived)
    {
        KeepAfter = arrived + PairTally.FilterPause;
        _known.Set();
    }

    /// <summary>There will be no match in the first segment.</summary>
    public void Fail()
    {
        _failed |= !_known.IsSet;
        _known.Set();
    }

    /// <exception cref="NotSequentialException">The first segment has no match.</exception>
    public void Wait(CancellationToken cancellationToken)
    {
        _known.Wait(cancellationToken);
        if (_failed)
            throw new NotSequentialException();
    }

    public void Dispose() => _known.Dispose();
}
