using System.Collections.Immutable;

namespace Campaign.Storage;

/// <summary>A stored sweep and what of it is done.</summary>
/// <param name="Sweep">With all of its trials.</param>
/// <param name="Finished">Ids of trials with a result, whatever it is: a failed trial has finished. One that was interrupted has not.</param>
internal sealed record SweepProgress(SweepRecord Sweep, ImmutableHashSet<string> Finished)
{
    /// <summary>Whether every wanted trial has finished.</summary>
    public bool IsComplete(IEnumerable<string> wanted) => wanted.All(Finished.Contains);
}
