using System.Collections.Immutable;
using System.Globalization;
using Campaign.Conducting;
using Campaign.Diagnostics;

namespace Campaign;

/// <summary>Counts how trials ended, and says what that makes of a run.</summary>
internal sealed class RunTally
{
    private readonly Dictionary<TrialState, int> _states = [];
    private int _measured;
    private bool _stopped;

    public void Count(TrialEvent happened)
    {
        switch (happened)
        {
            case TrialEvent.Finished { Result: var result }:
                _states[result.State] = Of(result.State) + 1;
                _measured += result.Measurement is { Evaluation.Matched: > 0 } || !result.Metrics.IsEmpty ? 1 : 0;
                break;
            case TrialEvent.Stopped:
                _stopped = true;
                break;
        }
    }

    /// <summary>The outcome of a run.</summary>
    /// <param name="report">Path of the report; null when nothing was stored.</param>
    /// <param name="measures">False on a testbed that only prints.</param>
    /// <param name="warnings">On the campaign and its plan.</param>
    public RunOutcome Outcome(string? report, bool measures, ImmutableArray<Diagnostic> warnings) =>
        new(Code(measures), Summary(), report, _stopped, warnings);

    private int Of(TrialState state) => _states.GetValueOrDefault(state);

    private ExitCode Code(bool measures) => this switch
    {
        _ when Of(TrialState.Failed) > 0 => ExitCode.TrialsFailed,
        _ when Of(TrialState.Invalid) > 0 => ExitCode.Testbed,
        _ when measures && _states.Count > 0 && _measured == 0 => ExitCode.Nothing,
        _ => ExitCode.Success,
    };

    private string Summary()
    {
        var total = _states.Values.Sum();
        if (total == 0)
        {
            return _stopped ? "Stopped before a trial was finished." : "Every selected trial has a result already; nothing was measured.";
        }

        var parts = Enum.GetValues<TrialState>().Where(s => Of(s) > 0)
            .Select(s => string.Create(CultureInfo.InvariantCulture, $"{Of(s)} {s.ToString().ToLowerInvariant()}"));
        return string.Create(CultureInfo.InvariantCulture, $"{total} trials finished: {string.Join(", ", parts)}.");
    }
}
