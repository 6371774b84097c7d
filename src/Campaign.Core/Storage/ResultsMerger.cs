using Campaign.Diagnostics;

namespace Campaign.Storage;

/// <summary>What a merge has added.</summary>
/// <param name="Sweeps">Sweeps that the target did not have.</param>
/// <param name="Trials">Trials that the target did not have.</param>
/// <param name="Present">Trials that it had, with the same result.</param>
internal sealed record MergeOutcome(int Sweeps, int Trials, int Present);

/// <summary>
/// Joins results folders: shards that ran on several machines become what one run would have stored. Sweeps of the same id unite. Everything is checked before
/// anything is written, and merging again changes nothing.
/// </summary>
internal static class ResultsMerger
{
    /// <param name="target">Receives; open for writing.</param>
    /// <param name="sources">Are read only.</param>
    /// <exception cref="CampaignException">
    /// A source has no results (7), or a trial has two different results (3), all of which are named; nothing has been changed then.
    /// </exception>
    public static MergeOutcome Merge(ResultsWriter target, params IReadOnlyCollection<ResultsFolder> sources)
    {
        var readers = new List<ResultsReader>();
        try
        {
            foreach (var source in sources.Where(s => Path.GetFullPath(s.Root) != Path.GetFullPath(target.Folder.Root)))
            {
                readers.Add(ResultsReader.Open(source));
            }

            var parts = readers.Select(r => (Reader: r, Sweeps: MergeSource.ReadAll(r))).ToArray();
            Check(target, parts.SelectMany(p => p.Sweeps));
            var outcome = new MergeOutcome(0, 0, 0);
            foreach (var (reader, sweeps) in parts)
            {
                foreach (var sweep in sweeps)
                {
                    outcome = new SweepMerge(target, reader, sweep).Write(outcome);
                }
            }

            return outcome;
        }
        finally
        {
            readers.ForEach(r => r.Dispose());
        }
    }

    private static void Check(ResultsWriter target, IEnumerable<MergeSource> sources)
    {
        var known = MergeSource.ReadAll(target.Folder, target.Database).ToDictionary(s => s.Sweep.Id);
        var conflicts = new List<string>();
        foreach (var source in sources)
        {
            if (!known.TryGetValue(source.Sweep.Id, out var present))
            {
                known.Add(source.Sweep.Id, source);
                continue;
            }

            conflicts.AddRange(present.ConflictsWith(source));
            known[source.Sweep.Id] = present.With(source);
        }

        if (conflicts.Count > 0)
        {
            throw new CampaignException(
                $"Nothing was merged, because {(conflicts.Count == 1 ? "one result differs" : $"{conflicts.Count} results differ")}:\n{string.Join('\n', conflicts)}",
                ExitCode.Definition,
                "Each trial may be measured once in a sweep. Leave one of the folders out, or measure it as a sweep of its own with run --fresh.");
        }
    }
}
