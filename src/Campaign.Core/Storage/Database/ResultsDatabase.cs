using System.Globalization;
using Campaign.Diagnostics;
using LiteDB;
using LiteDB.Engine;

namespace Campaign.Storage.Database;

/// <summary>The collections of the database, its format, and how it is opened.</summary>
internal sealed class ResultsDatabase : IDisposable
{
    /// <summary>Of the whole file; a change that older programs cannot read counts it up.</summary>
    public const int Format = 1;

    // Where LiteDB says in the first page what the file is.
    private const int MarkOffset = 32;

    private static readonly byte[] Mark = "** This is a LiteDB file **"u8.ToArray();

    private readonly LiteDatabase _database;

    private ResultsDatabase(EngineSettings settings)
    {
        Recognise(settings.DataStream);

        // Ordinal: what is found must not depend on the language of the machine.
        settings.Collation = Collation.Binary;
        _database = new LiteDatabase(new LiteEngine(settings));
    }

    /// <summary>One document per sweep; its id is the sweep's.</summary>
    public ILiteCollection<BsonDocument> Sweeps => _database.GetCollection("sweeps");

    /// <summary>One document per finished trial; its id is <c>sweep/trial</c>.</summary>
    public ILiteCollection<BsonDocument> Trials => _database.GetCollection("trials");

    /// <summary>What happened, in order.</summary>
    public ILiteCollection<BsonDocument> Journal => _database.GetCollection("journal", BsonAutoId.Int64);

    /// <summary>What is large: plans, distributions, worst packets; in pieces.</summary>
    public ILiteCollection<BsonDocument> Blobs => _database.GetCollection("blobs");

    /// <summary>For the holder of the lock: replays what a killed writer left in the log, creates what is missing.</summary>
    public static ResultsDatabase ForWriting(Stream data, Stream log)
    {
        var database = new ResultsDatabase(new EngineSettings { DataStream = data, LogStream = log });
        database.CheckFormat();
        database._database.UserVersion = Format;
        database.Trials.EnsureIndex("tally");
        database.Trials.EnsureIndex("trial");
        database.Journal.EnsureIndex("sweep");
        database.Checkpoint();
        return database;
    }

    /// <summary>For reading a file that is at rest; with a log, which is replayed, both are copies.</summary>
    public static ResultsDatabase ForReading(Stream data, Stream? log)
    {
        var database = new ResultsDatabase(new EngineSettings { DataStream = data, LogStream = log, ReadOnly = log is null });
        database.CheckFormat();
        return database;
    }

    /// <summary>Ids, digests and states of a sweep's finished trials, without reading their results.</summary>
    public IEnumerable<(string Trial, string Digest, string State)> FinishedTrials(string sweepId) => Trials.Query()
        .Where(Query.StartsWith("_id", $"{sweepId}/"))
        .Select(BsonExpression.Create("{ trial: $.trial, digest: $.digest, tally: $.tally }"))
        .ToEnumerable()
        .Select(d => (d["trial"].AsString, d["digest"].AsString, d["tally"].AsString.Split(' ')[^1]));

    /// <summary>All or nothing. Not yet on disk: <see cref="Checkpoint"/>.</summary>
    public void Transact(Action write)
    {
        _database.BeginTrans();
        try
        {
            write();
            _database.Commit();
        }
        catch
        {
            _database.Rollback();
            throw;
        }
    }

    /// <summary>
    /// Waits for LiteDB's background writer (a commit alone comes back before it, and was lost in 4 of 85 kills), and moves the log into the database.
    /// </summary>
    public void Checkpoint() => _database.Checkpoint();

    public void Dispose() => _database.Dispose();

    /// <summary>LiteDB cuts a file that is none of its own to whole pages before it complains; nobody's file is to lose its end.</summary>
    private static void Recognise(Stream data)
    {
        if (data.Length < MarkOffset + Mark.Length)
        {
            // New, or its creator was killed.
            return;
        }

        var found = new byte[Mark.Length];
        data.Position = MarkOffset;
        data.ReadExactly(found);
        data.Position = 0;
        if (!found.AsSpan().SequenceEqual(Mark))
        {
            throw new LiteException(0, "It is no database, but some other file.");
        }
    }

    private void CheckFormat()
    {
        if (_database.UserVersion <= Format)
        {
            return;
        }

        var found = _database.UserVersion.ToString(CultureInfo.InvariantCulture);
        Dispose();
        throw new CampaignException(
            $"The results were written by a newer campaign, in format {found}; this one knows formats up to {Format}.",
            ExitCode.Definition,
            "Use the newer version, or write to another folder with --results.");
    }
}
