using System.Collections.Immutable;
using Campaign.Conducting;
using Campaign.Diagnostics;
using Campaign.Storage.Database;
using Campaign.Storage.Documents;
using LiteDB;

namespace Campaign.Storage;

/// <summary>
/// Reads a results folder, while another process may write it. Every answer is of one moment, and each call sees what was stored until then.
/// </summary>
internal sealed class ResultsReader : IDisposable
{
    private readonly DatabaseReader _reader;

    private ResultsReader(ResultsFolder folder)
    {
        Folder = folder;
        _reader = new DatabaseReader(folder);
    }

    public ResultsFolder Folder { get; }

    /// <exception cref="CampaignException">There is nothing (exit code 7).</exception>
    public static ResultsReader Open(ResultsFolder folder) => Exists(folder)
        ? new ResultsReader(folder)
        : throw new CampaignException(
            $"There are no results in {folder.Root} yet.", ExitCode.Nothing, "Measure something with campaign run, or name another folder with --results.");

    /// <summary>Whether anything was ever stored there.</summary>
    public static bool Exists(ResultsFolder folder) => new FileInfo(folder.Database) is { Exists: true, Length: > 0 };

    /// <summary>All sweeps, newest first. Cheap: no trial is read.</summary>
    public ImmutableArray<SweepSummary> List() => _reader.Ask<ImmutableArray<SweepSummary>>(database =>
    [
        .. database.Sweeps.FindAll().ToArray()
            .Select(d => Summary(database, d))
            .OrderByDescending(s => s.Sweep.Started)
            .ThenBy(s => s.Sweep.Id, StringComparer.Ordinal),
    ]);

    /// <summary>One sweep of the list.</summary>
    /// <param name="name">
    /// <c>latest</c> or null: the newest. Otherwise a sweep's id or the unambiguous beginning of one, with or without <c>campaign/</c> before it; or the name of a campaign: its newest.
    /// </param>
    /// <exception cref="CampaignException">None (exit code 7), or several (exit code 2) are called so.</exception>
    public SweepSummary Find(string? name = null) => SweepName.Choose(List(), name, Folder);

    /// <summary>A sweep with its finished trials, in the planned order.</summary>
    /// <param name="sweepId">Its whole id.</param>
    /// <param name="withBlobs">
    /// With distributions and worst packets. Without, both are empty, which is enough for a list and much quicker.
    /// </param>
    /// <exception cref="CampaignException">There is no such sweep (exit code 7).</exception>
    public StoredSweep Load(string sweepId, bool withBlobs = true) => _reader.Ask(database =>
    {
        var sweep = SweepDocument.Read(database, database.Sweeps.FindById(sweepId) ?? throw Missing(sweepId));
        var documents = database.Trials.Find(Query.StartsWith("_id", $"{sweepId}/")).ToDictionary(d => d["trial"].AsString);
        return new StoredSweep(Folder.Sweep(sweep), sweep,
        [
            .. sweep.Trials.Where(t => documents.ContainsKey(t.Id)).Select(t => TrialDocument.Read(database, documents[t.Id], sweepId, t, withBlobs)),
        ]);
    });

    /// <summary>Finished trials of a sweep in the planned order, each made into something else before the next is read: no more than one distribution is in memory.</summary>
    /// <param name="sweepId">Its whole id.</param>
    /// <param name="of">
    /// Gets a trial without distribution and worst packets, and what reads them, to be asked before it comes back. It may be called again for the same trial.
    /// </param>
    /// <exception cref="CampaignException">There is no such sweep (exit code 7).</exception>
    public ImmutableArray<T> Each<T>(string sweepId, Func<StoredTrial, StoredBlobs, T> of) => _reader.Ask<ImmutableArray<T>>(database =>
    [
        .. from header in SweepDocument.Read(database, database.Sweeps.FindById(sweepId) ?? throw Missing(sweepId)).Trials
           let key = TrialDocument.Key(sweepId, header.Id)
           let document = database.Trials.FindById(key)
           where document is not null
           select of(
               TrialDocument.Read(database, document, sweepId, header, withBlobs: false),
               new StoredBlobs(() => TrialDocument.ReadLatencies(database, key), () => TrialDocument.ReadWorst(database, key))),
    ]);

    /// <summary>What is planned and what has finished.</summary>
    public SweepProgress Progress(string sweepId) => _reader.Ask(database =>
    {
        var sweep = SweepDocument.Read(database, database.Sweeps.FindById(sweepId) ?? throw Missing(sweepId));
        return new SweepProgress(sweep, [.. database.FinishedTrials(sweepId).Select(t => t.Trial)]);
    });

    /// <summary>What happened, in the order in which it was stored.</summary>
    public ImmutableArray<JournalEntry> Journal(string sweepId) => _reader.Ask<ImmutableArray<JournalEntry>>(database =>
        [.. database.Journal.Find(Query.EQ("sweep", sweepId)).OrderBy(d => d["_id"].AsInt64).Select(JournalEntry.Of)]);

    public void Dispose() => _reader.Dispose();

    internal T Ask<T>(Func<ResultsDatabase, T> question) => _reader.Ask(question);

    private SweepSummary Summary(ResultsDatabase database, BsonDocument document)
    {
        var sweep = SweepDocument.ReadHead(document);
        int Count(TrialState state) => database.Trials.Count(Query.EQ("tally", TrialDocument.Tally(sweep.Id, state)));
        return new SweepSummary(
            Folder.Sweep(sweep),
            sweep,
            SweepDocument.PlannedTrials(document),
            Count(TrialState.Ok),
            Count(TrialState.Degraded),
            Count(TrialState.Invalid),
            Count(TrialState.Failed));
    }

    private CampaignException Missing(string sweepId) =>
        new($"There is no sweep '{sweepId}' in {Folder.Root}.", ExitCode.Nothing, "campaign list shows what is there.");
}
