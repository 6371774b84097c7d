using System.Collections.Immutable;
using Campaign.Storage.Documents;
using LiteDB;

namespace Campaign.Storage;

/// <summary>
/// Takes one sweep of another folder over, after all checks. A trial's files come first, then, in one transaction, its result: a merge that is killed is finished by
/// merging again.
/// </summary>
internal sealed class SweepMerge(ResultsWriter target, ResultsReader source, MergeSource part)
{
    private readonly string _id = part.Sweep.Id;

    public MergeOutcome Write(MergeOutcome outcome)
    {
        var present = target.Database.Sweeps.FindById(_id);
        Unite(present is null ? null : SweepDocument.Read(target.Database, present));
        if (!Directory.Exists(target.Folder.Snapshot(part.Sweep)))
        {
            FolderCopy.Copy(source.Folder.Snapshot(part.Sweep), target.Folder.Snapshot(part.Sweep));
        }

        var (added, same) = (0, 0);
        for (var position = 0; position < part.Sweep.Trials.Length; position++)
        {
            var trial = part.Sweep.Trials[position].Id;
            if (!part.Results.ContainsKey(trial))
            {
                continue;
            }

            if (target.Database.Trials.FindById(TrialDocument.Key(_id, trial)) is not null)
            {
                same++;
                continue;
            }

            Take(position, trial);
            added++;
        }

        return new MergeOutcome(outcome.Sweeps + (present is null ? 1 : 0), outcome.Trials + added, outcome.Present + same);
    }

    private void Unite(SweepRecord? present)
    {
        if (present is null)
        {
            target.Commit($"The sweep {_id}", () => SweepDocument.Insert(target.Database, part.Sweep));
            return;
        }

        // The part that began first speaks for the sweep, whichever was merged first.
        var parts = ImmutableArray.Create(present, part.Sweep)
            .SelectMany(s => s.Origins.Add(new SweepOrigin(s.Started, s.Provenance)))
            .DistinctBy(o => (o.Started, o.Provenance.CommandLine))
            .OrderBy(o => o.Started)
            .ThenBy(o => o.Provenance.CommandLine, StringComparer.Ordinal)
            .ToArray();
        if (parts.Length > present.Origins.Length + 1)
        {
            var united = present with { Started = parts[0].Started, Provenance = parts[0].Provenance, Origins = [.. parts[1..]] };
            target.Commit($"The sweep {_id}", () => SweepDocument.Update(target.Database, united));
        }
    }

    private void Take(int position, string trial)
    {
        FolderCopy.Copy(source.Folder.Trial(part.Sweep, position, trial), target.Folder.Trial(part.Sweep, position, trial));
        var key = TrialDocument.Key(_id, trial);
        var (document, blobs, journal) = source.Ask(database => (
            database.Trials.FindById(key),
            Blobs.Pieces(database.Blobs, $"{key}/").ToArray(),
            database.Journal.Find(Query.EQ("sweep", _id)).Where(d => d["trial"] == trial).OrderBy(d => d["_id"].AsInt64).ToArray()));
        foreach (var entry in journal)
        {
            // Its number is of the other database.
            entry.Remove("_id");
        }

        target.Commit($"The result of the trial {trial}", () =>
        {
            target.Database.Blobs.Insert(blobs);
            target.Database.Journal.Insert(journal);
            target.Database.Trials.Insert(document);
        });
    }
}
