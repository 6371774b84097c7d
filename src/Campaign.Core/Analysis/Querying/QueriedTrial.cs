using Campaign.Captures;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis.Querying;

/// <summary>A trial while it is asked. Distribution and worst packets are read when something first asks for them.</summary>
/// <param name="sweep">Its sweep; without the other trials.</param>
/// <param name="stored">Without distribution and worst packets.</param>
/// <param name="blobs">Reads them.</param>
internal sealed class QueriedTrial(SweepRecord sweep, StoredTrial stored, StoredBlobs blobs)
{
    private TrialAnalysis? _withLatencies;
    private TrialAnalysis? _withWorst;

    public SweepRecord Sweep => sweep;

    /// <summary>What is known without the latencies.</summary>
    public TrialAnalysis Bare { get; } = new(stored, 0, []);

    /// <summary>With the distribution.</summary>
    public TrialAnalysis WithLatencies => _withLatencies ??= With(Bare, e => e with { Latencies = blobs.Latencies() });

    /// <summary>With the worst packets, too.</summary>
    public TrialAnalysis WithWorst => _withWorst ??= With(WithLatencies, e => e with { Worst = blobs.Worst() });

    /// <summary>Value of the axis of that name, otherwise of the parameter; nil when the trial has neither.</summary>
    public Value Setting(string name) =>
        stored.Header.Cell.Concat(sweep.Parameters).FirstOrDefault(v => v.Key == name).Value ?? Value.Nil.Instance;

    private static TrialAnalysis With(TrialAnalysis trial, Func<LatencyEvaluation, LatencyEvaluation> read) => trial.Trial.Result is { Measurement: { } measurement } result
        ? trial with { Trial = trial.Trial with { Result = result with { Measurement = measurement with { Evaluation = read(measurement.Evaluation) } } } }
        : trial;
}
