using System.Collections.Frozen;
using System.Collections.Immutable;
using Campaign.Conducting;
using Campaign.Rendering;
using Campaign.Storage.Documents;

namespace Campaign.Storage;

/// <summary>Stores one sweep: its snapshot, its journal, and each trial's result.</summary>
internal sealed class SweepWriter
{
    private readonly ResultsWriter _results;
    private readonly FrozenDictionary<string, TrialHeader> _planned;

    internal SweepWriter(ResultsWriter results, SweepRecord sweep, ImmutableHashSet<string> finished, bool continued)
    {
        (_results, Sweep, Finished, Continued) = (results, sweep, finished, continued);
        _planned = sweep.Trials.ToFrozenDictionary(t => t.Id);
    }

    /// <summary>As stored: with its id, and begun when it was first begun.</summary>
    public SweepRecord Sweep { get; }

    /// <summary>Ids of the trials that have a result; grows with <see cref="Append"/>.</summary>
    public ImmutableHashSet<string> Finished { get; private set; }

    /// <summary>Whether the sweep was begun by an earlier run.</summary>
    public bool Continued { get; }

    /// <summary>The sweep's folder.</summary>
    public string Folder => _results.Folder.Sweep(Sweep);

    /// <summary>
    /// Stores what happened. A finished trial's whole result is on disk when this comes back; an event before it takes the same way, so that
    /// what a killed runner was doing can be read.
    /// </summary>
    /// <exception cref="Diagnostics.CampaignException">The disk is full or failed.</exception>
    /// <exception cref="InvalidOperationException">The trial has a result already, or does not belong to the sweep.</exception>
    public void Append(TrialEvent happened)
    {
        var entry = JournalEntry.Of(Sweep.Id, happened).ToDocument();
        if (happened is not TrialEvent.Finished { Trial: var trial, Result: var result })
        {
            _results.Commit("The sweep's journal", () => _results.Database.Journal.Insert(entry));
            return;
        }

        var id = trial.Trial.Id;
        if (Finished.Contains(id) || !_planned.TryGetValue(id, out var header))
        {
            throw new InvalidOperationException($"The trial {id} has a result already, or is no trial of the sweep {Sweep.Id}.");
        }

        var stored = new StoredTrial(Sweep.Id, header, trial.Inputs.Hex, result, [.. trial.Files.Select(ResultsFolder.RenderedName)]);
        _results.Commit($"The result of the trial {id}", () =>
        {
            _results.Database.Journal.Insert(entry);
            TrialDocument.Store(_results.Database, stored);
        });
        Finished = Finished.Add(id);
    }

    /// <summary>Stores results that were measured elsewhere: all of them or none.</summary>
    /// <param name="trials">Each of this sweep, without a result yet.</param>
    /// <exception cref="Diagnostics.CampaignException">The disk is full or failed.</exception>
    public void Import(IReadOnlyCollection<StoredTrial> trials)
    {
        _results.Commit($"{trials.Count} imported results", () =>
        {
            foreach (var trial in trials)
            {
                TrialDocument.Store(_results.Database, trial);
            }
        });
        Finished = Finished.Union(trials.Select(t => t.Header.Id));
    }

    /// <summary>Keeps what the sweep was made of (campaign file, modules, templates, parameters, plan) in the folder <c>snapshot</c> of the sweep.</summary>
    /// <param name="files">Path relative to that folder, and content. A file that is there with the same content is left alone.</param>
    public void WriteSnapshot(IEnumerable<KeyValuePair<string, string>> files)
    {
        foreach (var (name, content) in files)
        {
            WholeFile.Write(WholeFile.Inside(_results.Folder.Snapshot(Sweep), name), content);
        }
    }

    /// <summary>
    /// Makes the trial's folder anew (what an interrupted attempt left in it is deleted, so that a half-written capture is never taken for a whole one), with its rendered
    /// files and empty folders for logs and captures.
    /// </summary>
    /// <returns>The trial's folder.</returns>
    public string PrepareFolder(RenderedTrial trial)
    {
        var folder = _results.Folder.Trial(Sweep, trial.Trial.Position, trial.Trial.Id);
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }

        Directory.CreateDirectory(ResultsFolder.Logs(folder));
        Directory.CreateDirectory(ResultsFolder.Captures(folder));
        foreach (var file in trial.Files)
        {
            // Not brought to disk: while the trial has no result, its folder does not count.
            var path = WholeFile.Inside(folder, ResultsFolder.RenderedName(file));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, file.Content);
        }

        return folder;
    }
}
