using System.Collections.Immutable;
using Campaign.Storage.Database;
using Campaign.Storage.Documents;

namespace Campaign.Storage;

/// <summary>A sweep of one folder as the merge sees it.</summary>
/// <param name="Sweep">With its trials.</param>
/// <param name="Results">By trial id: where the result lies, and the digest of its content.</param>
internal sealed record MergeSource(SweepRecord Sweep, ImmutableDictionary<string, (string Folder, string Digest)> Results)
{
    public static ImmutableArray<MergeSource> ReadAll(ResultsReader reader) => reader.Ask(database => ReadAll(reader.Folder, database));

    public static ImmutableArray<MergeSource> ReadAll(ResultsFolder folder, ResultsDatabase database) =>
    [
        .. database.Sweeps.FindAll().ToArray().Select(d => SweepDocument.Read(database, d)).Select(sweep => new MergeSource(
            sweep,
            database.FinishedTrials(sweep.Id).ToImmutableDictionary(t => t.Trial, t => (folder.Root, t.Digest)))),
    ];

    /// <summary>Sentences; empty when the two can unite.</summary>
    public IEnumerable<string> ConflictsWith(MergeSource other)
    {
        if (Sweep.Identity != other.Sweep.Identity)
        {
            yield return $"  The sweep {Sweep.Campaign}/{Sweep.Id} is another sweep in each folder: its plans differ.";
            yield break;
        }

        foreach (var trial in Sweep.Trials)
        {
            if (Results.TryGetValue(trial.Id, out var here) && other.Results.TryGetValue(trial.Id, out var there) && here.Digest != there.Digest)
            {
                yield return $"  Sweep {Sweep.Campaign}/{Sweep.Id}, trial {trial.Id} ({Cell(trial)}, repeat {trial.Repeat}): {here.Folder} and {there.Folder}.";
            }
        }
    }

    /// <summary>Both together.</summary>
    public MergeSource With(MergeSource other) => this with { Results = other.Results.SetItems(Results) };

    private static string Cell(TrialHeader trial) => string.Join(',', trial.Cell.Select(c => $"{c.Key}={c.Value}"));
}
