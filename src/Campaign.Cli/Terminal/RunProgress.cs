using System.Globalization;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Rendering;
using Campaign.Units;
using Spectre.Console;

namespace Campaign.Cli.Terminal;

/// <summary>Shows a run as it happens: one line per finished trial, and on a terminal a status line with the time that is left.</summary>
internal sealed class RunProgress(IAnsiConsole console, TimeProvider time) : IRunObserver, IDisposable
{
    private readonly StatusLine _status = new(console, time);
    private long _started;
    private int _total;
    private int _done;
    private TimeSpan _estimate;
    private StepClock? _ready;
    private bool _restored;

    public void Begin(RunBeginning beginning)
    {
        _started = time.GetTimestamp();
        _total = beginning.Remaining;
        _estimate = beginning.Estimate;
        var already = beginning.Selected - beginning.Remaining;
        var what = beginning.Continued
            ? $"Continuing sweep [bold]{beginning.Sweep.EscapeMarkup()}[/]: {already} of {beginning.Selected} trials are finished, {_total} remain"
            : $"Starting sweep [bold]{beginning.Sweep.EscapeMarkup()}[/]: {_total} trials";
        _status.Print($"{what} on {beginning.TestbedTitle.EscapeMarkup()}, about {HumanDuration.Format(_estimate)}.");
    }

    public void Happened(TrialEvent happened)
    {
        switch (happened)
        {
            case TrialEvent.Booted booted:
                if (booted.WasNeeded)
                    _status.Print($"        booted {booted.BootState} in {HumanDuration.Format(booted.Took)}");

                else if (booted.FromSnapshot && !_restored)
                    _status.Print($"        back at a snapshot of the testbed, set up, in {HumanDuration.Format(booted.Took)}");

                if (booted.WasNeeded || _done == 0 || (booted.FromSnapshot && !_restored))
                    _ready = new StepClock(happened.At);
                _restored |= booted.FromSnapshot;
                break;
            case TrialEvent.Booting booting:
                Say(() => $"booting {booting.BootState}");
                break;
            case TrialEvent.StepStarted step:
                Say(() => $"{step.Trial.Cell}  {step.Step}");
                Ready(step);
                break;
            case TrialEvent.Logged logged:
                _status.Print($"        [grey]{logged.Text.EscapeMarkup()}[/]");
                break;
            case TrialEvent.Finished finished:
                _done++;
                _status.Print(Line(finished.Trial, finished.Result));
                foreach (var reason in finished.Result.Reasons)
                {
                    _status.Print($"        {reason.EscapeMarkup()}");
                }

                break;
            case TrialEvent.Stopped { Trial: { } trial }:
                _status.Print($"        stopped in {trial.Cell.ToString().EscapeMarkup()}; this trial will start over.");
                break;
        }
    }

    public void Dispose() => _status.Dispose();

    /// <summary>How long it took from a boot to the first packet.</summary>
    private void Ready(TrialEvent.StepStarted step)
    {
        _ready?.Begin(step.Step, step.At);
        if (step.Step != "measure" || _ready is null)
            return;

        var first = _done == 0 ? $"; first packet {HumanDuration.Format(time.GetElapsedTime(_started))} after the start" : "";
        _status.Print($"        {_ready.Sentence}{first}");
        _ready = null;
    }

    private void Say(Func<string> what) => _status.Say(() =>
        string.Create(CultureInfo.InvariantCulture, $"  {_done}/{_total}  {what()}  {Left()}"));

    // From the trials of this run as soon as there are some, before that from the plan's estimate.
    private string Left()
    {
        var elapsed = time.GetElapsedTime(_started);
        var left = _done == 0 ? _estimate - elapsed : elapsed / _done * (_total - _done);
        return left > TimeSpan.Zero ? $"about {HumanDuration.Format(left)} left" : "nearly done";
    }

    private string Line(RenderedTrial trial, TrialResult result)
    {
        var (word, style) = result.State switch
        {
            TrialState.Ok => ("ok      ", "green"),
            TrialState.Degraded => ("degraded", "yellow"),
            TrialState.Invalid => ("invalid ", "red"),
            _ => ("failed  ", "red"),
        };
        var numbers = result.Measurement?.Evaluation is { Latencies.Count: > 0 } e
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {Short(e.Latencies.Percentile(0.5)),8}  p99.9 {(Measure.P999.Of(e.Latencies) is { } tail ? Short((long)tail) : "–"),8}  max {Short(e.Latencies.Values[^1]),8}  lost {e.Lost}")
            : "";
        var count = string.Create(CultureInfo.InvariantCulture, $"{_done}/{_total}");
        return $"{count,7} [{style}]{word}[/] {trial.Cell.ToString().EscapeMarkup()}  [grey]repeat {trial.Trial.Repeat}[/]  {numbers}";
    }

    private static string Short(long nanoseconds) => new Nanoseconds(nanoseconds).ToString();
}

/// <summary>The durations of steps that follow one another, from when each began.</summary>
internal sealed class StepClock(DateTimeOffset begin)
{
    private readonly List<(string Step, DateTimeOffset At)> _steps = [("", begin)];

    /// <summary>For example <c>configure 0.2 s, setup 12 s, attest 2 s</c>; the step that runs is not among them.</summary>
    public string Sentence => string.Join(", ", _steps.Zip(_steps.Skip(1)).Where(s => s.First.Step.Length > 0)
        .Select(s => $"{s.First.Step} {HumanDuration.Format(s.Second.At - s.First.At)}"));

    public void Begin(string step, DateTimeOffset at) => _steps.Add((step, at));
}
