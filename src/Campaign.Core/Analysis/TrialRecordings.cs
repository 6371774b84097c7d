using System.Collections.Immutable;
using Campaign.Captures;
using Campaign.Importing;

namespace Campaign.Analysis;

/// <summary>What lies in the folders of trials beside their results.</summary>
/// <param name="Interrupts">What interrupt recorders wrote, by trial id.</param>
/// <param name="Seconds">Latencies of each second, by trial id, in bins a thousandth wide.</param>
internal sealed record TrialRecordings(ImmutableDictionary<string, InterruptRecording> Interrupts, ImmutableDictionary<string, ImmutableArray<LatencyDistribution>> Seconds)
{
    public static readonly TrialRecordings None = new(ImmutableDictionary<string, InterruptRecording>.Empty, ImmutableDictionary<string, ImmutableArray<LatencyDistribution>>.Empty);

    /// <summary>Those of several sweeps, whose trials have ids of their own.</summary>
    public static TrialRecordings Of(IEnumerable<TrialRecordings> parts) => parts.Aggregate((a, b) => new TrialRecordings(a.Interrupts.AddRange(b.Interrupts), a.Seconds.AddRange(b.Seconds)));
}
