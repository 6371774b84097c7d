using System.Collections.Immutable;
using System.Globalization;
using Campaign.Conducting;
using Campaign.Diagnostics;
using Campaign.Storage.Database;
using Campaign.Storage.Documents;
using LiteDB;

namespace Campaign.Storage;

/// <summary>
/// The one writer of a results folder. What a method has stored when it comes back is on disk: it survives SIGKILL and a power failure. Other processes may read all
/// the while (<see cref="Generation"/>).
/// </summary>
/// <remarks>May be used by several threads; one after the other.</remarks>
internal sealed class ResultsWriter : IDisposable
{
    private readonly Lock _gate = new();
    private readonly WriterLock _lock;
    private readonly Generation _generation;
    private readonly DurableFile _data;
    private readonly DurableFile _log;
    private bool _broken;

    private ResultsWriter(ResultsFolder folder, WriterLock taken)
    {
        Folder = folder;
        _lock = taken;
        _generation = Generation.ForWriting(folder.Generation);
        _log = new DurableFile(folder.DatabaseLog);
        _data = new DurableFile(folder.Database, _log);
        Database = ResultsDatabase.ForWriting(_data, _log);
        _generation.End();
    }

    public ResultsFolder Folder { get; }

    internal ResultsDatabase Database { get; }

    /// <summary>Takes the folder, creating it where it is missing, and mends what a killed writer left.</summary>
    /// <exception cref="CampaignException">Another process writes (75), or the database cannot be opened.</exception>
    public static ResultsWriter Open(ResultsFolder folder, TimeProvider time)
    {
        WriterLock? taken = null;
        try
        {
            Directory.CreateDirectory(folder.Root);
            taken = WriterLock.Take(folder, time.GetLocalNow());
            return new ResultsWriter(folder, taken);
        }
        catch (Exception e)
        {
            taken?.Dispose();
            if (e is CampaignException)
            {
                throw;
            }

            // LiteDB answers a damaged page with almost any exception.
            throw new CampaignException(
                $"The results database {folder.Database} cannot be opened for writing: {e.Message}",
                e is IOException or UnauthorizedAccessException ? ExitCode.Internal : ExitCode.Definition,
                "See whether the disk is full and whether you may write there, or write to another folder with --results.",
                e);
        }
    }

    /// <summary>Sweeps of this identity, newest first, each with the ids of its finished trials.</summary>
    /// <param name="identity">The plan's; names campaign, testbed, parameters and trials.</param>
    public ImmutableArray<SweepProgress> FindSweeps(string identity) =>
    [
        .. Database.Sweeps.Find(d => d["identity"] == identity).ToArray()
            .Select(d => SweepDocument.Read(Database, d))
            .OrderByDescending(s => s.Started)
            .ThenByDescending(s => s.Id.Length)
            .ThenByDescending(s => s.Id, StringComparer.Ordinal)
            .Select(s => new SweepProgress(s, [.. Database.FinishedTrials(s.Id).Select(t => t.Trial)])),
    ];

    /// <summary>Goes on with one sweep, in which trials that ended in some states are measured again; each keeps its result until it has its new one.</summary>
    /// <param name="sweep">Of this database; its head is enough.</param>
    /// <param name="again">States.</param>
    /// <exception cref="CampaignException">Exit code 7: none ended so.</exception>
    public SweepWriter Repeat(SweepRecord sweep, IReadOnlySet<TrialState> again)
    {
        HashSet<string> states = [.. again.Select(s => s.ToString())];
        ILookup<bool, string> trials = Database.FinishedTrials(sweep.Id).ToLookup(t => states.Contains(t.State), t => t.Trial);
        return trials[true].Any()
            ? new SweepWriter(this, FindSweeps(sweep.Identity).First(s => s.Sweep.Id == sweep.Id).Sweep, [.. trials[false]], continued: true)
            : throw new CampaignException(
                $"No trial of the sweep {sweep.Id} is {string.Join(" or ", states.Select(s => s.ToLowerInvariant()))}.", ExitCode.Nothing, $"'campaign show {sweep.Id}' lists its trials.");
    }

    /// <summary>
    /// Continues the newest sweep of the same identity that lacks a wanted trial, or starts a new one when there is none.
    /// </summary>
    /// <param name="sweep">What is intended. Its id is chosen here: ten digits of the identity, then <c>-2</c>, <c>-3</c>, …</param>
    /// <param name="wanted">Ids of the trials that this run is to measure: all, a shard, or those of <c>--only</c>.</param>
    /// <param name="fresh">Start a new sweep in any case.</param>
    public SweepWriter BeginSweep(SweepRecord sweep, IReadOnlyCollection<string> wanted, bool fresh = false)
    {
        var earlier = FindSweeps(sweep.Identity);
        if (!fresh && earlier.FirstOrDefault(s => !s.IsComplete(wanted)) is { } unfinished)
        {
            return new SweepWriter(this, unfinished.Sweep, unfinished.Finished, continued: true);
        }

        var begun = sweep with { Id = FreeId(sweep.Identity) };
        Commit($"The sweep {begun.Id}", () => SweepDocument.Insert(Database, begun));
        Directory.CreateDirectory(Folder.Sweep(begun));
        return new SweepWriter(this, begun, [], continued: false);
    }

    /// <summary>All or nothing, and on disk when it comes back.</summary>
    /// <param name="what">For the message when it fails: <c>The result of the trial 1a2b3c4d5e</c>.</param>
    /// <param name="write">Changes the database.</param>
    /// <exception cref="CampaignException">The disk is full or failed. Nothing can be stored any more; what was stored is intact.</exception>
    internal void Commit(string what, Action write)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_broken, this);
            _generation.Begin();
            try
            {
                Database.Transact(write);
                Database.Checkpoint();
                _data.Flush();
                if (_log.Length > 0)
                {
                    throw new IOException("LiteDB kept changes in its log");
                }

                _generation.End();
            }
            catch (Exception e)
            {
                // The number stays odd: readers replay the log on a copy, and so does the next writer on the file.
                _broken = true;
                if ((_log.Failure ?? _data.Failure ?? (e is IOException or LiteException ? e : null)) is not { } cause)
                {
                    throw;
                }

                throw new CampaignException(
                    $"{what} could not be stored in {Folder.Database}: {cause.Message.TrimEnd('.')}. Everything that was stored before is intact.",
                    ExitCode.Internal,
                    "Make room on the disk, then continue the sweep with the same command.",
                    e);
            }
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            if (!_broken)
            {
                // LiteDB tidies up when it is closed.
                _generation.Begin();
            }

            Database.Dispose();
            if (!_broken)
            {
                _generation.End();
            }

            _broken = true;
            _data.Dispose();
            _log.Dispose();
            _generation.Dispose();
            _lock.Dispose();
        }
    }

    private string FreeId(string identity)
    {
        var id = identity[..10];
        for (var n = 2; Database.Sweeps.FindById(id) is not null; n++)
        {
            id = string.Create(CultureInfo.InvariantCulture, $"{identity.AsSpan(0, 10)}-{n}");
        }

        return id;
    }
}
