using System.Collections.Immutable;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Definition;
using Campaign.Testbeds;

namespace Campaign.Conducting;

/// <summary>Everything that a finished trial came to.</summary>
internal sealed record TrialResult
{
    public required string TrialId { get; init; }

    public required TrialState State { get; init; }

    /// <summary>Why the state is not <see cref="TrialState.Ok"/>: whole sentences; empty when it is.</summary>
    public required ImmutableArray<string> Reasons { get; init; }

    /// <summary>The step that failed; empty unless the state is <see cref="TrialState.Failed"/>.</summary>
    public string FailedStep { get; init; } = "";

    public required DateTimeOffset Started { get; init; }

    public required TimeSpan Took { get; init; }

    /// <summary>How long each step took: boot, configure, setup, attest, measure, evaluate, teardown.</summary>
    public required ImmutableArray<StepTime> Steps { get; init; }

    public required string BootId { get; init; }

    /// <summary>Null when the trial failed before anything was measured.</summary>
    public TrialMeasurement? Measurement { get; init; }

    public required AttestationReport Attestation { get; init; }

    /// <summary>What was read from the machines during this trial.</summary>
    public ImmutableArray<Fact> Facts { get; init; } = [];

    /// <summary>What the campaign recorded.</summary>
    public ImmutableArray<Metric> Metrics { get; init; } = [];

    /// <summary>Files that the campaign kept, relative to the trial's folder.</summary>
    public ImmutableArray<string> Artefacts { get; init; } = [];

    /// <summary>Log lines, with their time since the start of the trial.</summary>
    public ImmutableArray<LogLine> Log { get; init; } = [];

    /// <summary>The testbed did not reach the trial's boot state.</summary>
    public static TrialResult OfFailedBoot(string trialId, DateTimeOffset started, TimeSpan took, string reason) => new()
    {
        TrialId = trialId,
        State = TrialState.Failed,
        Reasons = [reason],
        FailedStep = "boot",
        Started = started,
        Took = took,
        Steps = [new StepTime("boot", took)],
        BootId = "",
        Attestation = AttestationReport.Empty,
    };
}

/// <summary>How a trial ended.</summary>
internal enum TrialState
{
    Ok,

    /// <summary>Measured, with something that a reader has to know.</summary>
    Degraded,

    /// <summary>The testbed was not in the asked-for state: the numbers do not count.</summary>
    Invalid,

    /// <summary>A step failed.</summary>
    Failed,
}

internal sealed record StepTime(string Step, TimeSpan Took);

internal sealed record Metric(string Name, double Value, string Unit);

internal sealed record LogLine(TimeSpan At, string Text);

/// <summary>What was measured.</summary>
/// <param name="Evaluation">From the captures; exact.</param>
/// <param name="Asked">The traffic that was asked for.</param>
/// <param name="Outcome">What the generator and the timestamper say of themselves.</param>
internal sealed record TrialMeasurement(LatencyEvaluation Evaluation, TrafficOptions Asked, TrafficOutcome Outcome)
{
    /// <summary>Figures that nobody knows, although the evaluation has a number in their place: names of <see cref="Unknown"/>. Empty for what was evaluated from captures here.</summary>
    public ImmutableArray<string> NotKnown { get; init; } = [];

    /// <summary>Whether a figure is known.</summary>
    public bool Knows(string figure) => NotKnown.IsDefaultOrEmpty || !NotKnown.Contains(figure);
}

/// <summary>Figures that results of other programs may lack.</summary>
internal static class Unknown
{
    /// <summary>Packets sent, received, lost, unmatched and trimmed, and what follows from them: loss and the offered rate.</summary>
    public const string Counts = "counts";

    public const string Maximum = "max";
    public const string Mean = "mean";
    public const string LossBurst = "longest loss burst";
    public const string Duplicates = "duplicates";
    public const string Reordering = "reordering";
    public const string Window = "outside the window";
}
