using System.Collections.Immutable;

namespace Campaign.Conducting;

/// <summary>What accumulates while a trial runs.</summary>
internal sealed class TrialNotes(TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private readonly Lock _lock = new();
    private readonly List<Metric> _metrics = [];
    private readonly List<LogLine> _log = [];
    private readonly List<string> _artefacts = [];
    private readonly List<StepTime> _steps = [];

    public DateTimeOffset Started { get; } = time.GetUtcNow();

    public TimeSpan Elapsed => time.GetElapsedTime(_start);

    public ImmutableArray<Metric> Metrics => Copy(_metrics);

    public ImmutableArray<LogLine> Log => Copy(_log);

    public ImmutableArray<string> Artefacts => Copy(_artefacts);

    public ImmutableArray<StepTime> Steps => Copy(_steps);

    public void Add(Metric metric) => Add(_metrics, metric);

    public void Add(StepTime step) => Add(_steps, step);

    public void AddLog(string text) => Add(_log, new LogLine(Elapsed, text));

    public void AddArtefact(string relative) => Add(_artefacts, relative);

    /// <summary>Runs one step and notes how long it took, however it ended.</summary>
    public async Task<T> TimeAsync<T>(string step, Func<Task<T>> body)
    {
        var start = time.GetTimestamp();
        try
        {
            return await body();
        }
        finally
        {
            Add(_steps, new StepTime(step, time.GetElapsedTime(start)));
        }
    }

    // Branches of `parallel` report at the same time.
    private void Add<T>(List<T> list, T item)
    {
        lock (_lock)
        {
            list.Add(item);
        }
    }

    private ImmutableArray<T> Copy<T>(List<T> list)
    {
        lock (_lock)
        {
            return [.. list];
        }
    }
}
