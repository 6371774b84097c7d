using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Analysis.Statistics;
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
    /// <param name="report">Path of the report, and what became of the gates; null when nothing was stored.</param>
    /// <param name="measures">False on a testbed that only prints.</param>
    /// <param name="inconclusiveFails">Whether a gate that the data leave open is an error.</param>
    /// <param name="warnings">On the campaign and its plan.</param>
    public RunOutcome Outcome(
        (string Path, ImmutableArray<GateOutcome> Gates)? report, bool measures, bool inconclusiveFails, ImmutableArray<Diagnostic> warnings)
    {
        ImmutableArray<GateOutcome> gates = report?.Gates ?? [];
        var code = Code(measures);
        return new RunOutcome(
            code == ExitCode.Success ? Gates.Code(gates, inconclusiveFails) : code, Summary() + Sentence(gates), report?.Path, _stopped, warnings);
    }

    private int Of(TrialState state) => _states.GetValueOrDefault(state);

    private ExitCode Code(bool measures) => this switch
    {
        _ when Of(TrialState.Failed) > 0 => ExitCode.TrialsFailed,
        _ when Of(TrialState.Invalid) > 0 => ExitCode.Testbed,
        _ when measures && _states.Count > 0 && _measured == 0 => ExitCode.Nothing,
        _ => ExitCode.Success,
    };

    private static string Sentence(ImmutableArray<GateOutcome> gates) => gates.IsEmpty
        ? ""
        : string.Concat(gates.Where(g => g.Verdict != Verdict.Pass).Select(g => $"\nGate '{g.Rule}': {g.Word}. {g.Why}").Append(
            gates.All(g => g.Verdict == Verdict.Pass) ? $" {(gates.Length == 1 ? "The gate passed" : $"All {gates.Length} gates passed")}." : ""));

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
