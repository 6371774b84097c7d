using System.Collections.Immutable;

namespace Campaign.Analysis;

/// <summary>Gathers findings. One that breaks down says that nobody knows, and never stands for a pass.</summary>
internal static class Findings
{
    private static readonly ImmutableArray<Analyser> Analysers =
    [
        new("where imported results come from", Evidence.Methods, ImportFindings.Of),
        new("which trials count", Evidence.Failures, StateFindings.Of),
        new("which trials are missing", Evidence.Overview, CompletenessFinding.Of),
        new("what was recorded without latencies", Evidence.Recorded, RecordedFindings.Of),
        new("whether the testbed's state was proved", Evidence.Attestation, AttestationFinding.Of),
        new("whether the offered rate was the asked one", Evidence.Traffic, TrafficFindings.OfRate),
        new("how many packets were lost", Evidence.Traffic, TrafficFindings.OfLoss),
        new("whether packets were duplicated or reordered", Evidence.Traffic, TrafficFindings.OfOrder),
        new("whether the machine underneath was the bottleneck", Evidence.Traffic, BottleneckFinding.Of),
        new("whether the gates hold", Evidence.Overview, GateFindings.Of),
        new("how the levels of the axes compare", Evidence.Comparison, ContrastFindings.Of),
        new("what the largest latencies are", Evidence.Overview, ExtremeFindings.Of),
        new("whether stalls come at the same time", Evidence.Stalls, StallFindings.OfCoincidences),
        new("whether the tail is a handful of stalls", Evidence.Stalls, StallFindings.OfClusters),
        new("what most of the tail is", Evidence.Stalls, StallFindings.OfModes),
        new("whether interrupts come with stalls", Evidence.Interrupts, InterruptFindings.Of),
        new("whether trials drift", Evidence.Traffic, DriftFindings.Of),
        new("how far repeats of a cell differ", Evidence.Overview, RepeatFindings.Of),
        new("which percentiles the packets support", Evidence.Methods, SupportFinding.Of),
    ];

    public static ImmutableArray<Finding> Of(Evidenced evidence) => Of(Analysers, evidence);

    internal static ImmutableArray<Finding> Of(ImmutableArray<Analyser> analysers, Evidenced evidence) =>
        [.. analysers.SelectMany(a => a.Run(evidence)).OrderBy(f => f.Kind)];

    /// <summary>Looks for one kind of finding.</summary>
    /// <param name="About">What it finds out, as the object of "Nobody knows …".</param>
    /// <param name="Evidence">Where the report would show it.</param>
    /// <param name="Look">Pure.</param>
    internal sealed record Analyser(string About, Evidence Evidence, Func<Evidenced, IEnumerable<Finding>> Look)
    {
        public ImmutableArray<Finding> Run(Evidenced evidence)
        {
            try
            {
                return [.. Look(evidence)];
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return [new Finding(FindingKind.Unknown, $"Unknown: {About}. The analysis broke down: {e.Message}", Evidence)];
            }
        }
    }
}
