using System.Collections.Immutable;
using Campaign.Storage;

namespace Campaign.Analysis.Querying;

/// <summary>What trials brought with them beside their latencies.</summary>
/// <param name="Facts">Names of what was read from machines, of trials and of whole sweeps, sorted.</param>
/// <param name="Metrics">Names of what campaigns recorded and the unit in which each was recorded first, sorted.</param>
internal sealed record RecordedNames(ImmutableArray<string> Facts, ImmutableArray<KeyValuePair<string, string>> Metrics)
{
    /// <summary>Looks through all trials of the sweeps, without their latencies.</summary>
    public static RecordedNames Of(ResultsReader reader, ImmutableArray<SweepRecord> sweeps)
    {
        var facts = new SortedSet<string>(sweeps.SelectMany(s => s.Provenance.Facts).Select(f => f.Name), StringComparer.Ordinal);
        var metrics = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (trialFacts, trialMetrics) in sweeps.SelectMany(s => reader.Each(s.Id, (trial, _) => (trial.Result.Facts, trial.Result.Metrics))))
        {
            facts.UnionWith(trialFacts.Select(f => f.Name));
            foreach (var metric in trialMetrics)
            {
                metrics.TryAdd(metric.Name, metric.Unit);
            }
        }

        return new RecordedNames([.. facts], [.. metrics]);
    }
}
