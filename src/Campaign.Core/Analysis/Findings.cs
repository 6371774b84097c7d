using System.Collections.Immutable;

namespace Campaign.Analysis;

/// <summary>Gathers findings. One that breaks down says that nobody knows, and never stands for a pass.</summary>
internal static class Findings
{
    private static readonly ImmutableArray<Analyser> Analysers =
    [
        new("which trials count", Evidence.Failures, StateFindings.Of),
        new("which trials are missing", Evidence.Overview, CompletenessFinding.Of),
        new("whether the testbed's state was proved", Evidence.Attestation, AttestationFinding.Of),
        new("whether the offered rate was the asked one", Evidence.Traffic, TrafficFindings.OfRate),
        new("how many packets were lost", Evidence.Traffic, TrafficFindings.OfLoss),
        new("whether packets were duplicated or reordered", Evidence.Traffic, TrafficFindings.OfOrder),
        new("whether the machine underneath was the bottleneck", Evidence.Traffic, BottleneckFinding.Of),
        new("how the levels of the axes compare", Evidence.Comparison, DifferenceFindings.Of),
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
