namespace Campaign.Storage.Database;

/// <summary>The database as it was at one moment, for reading; <see cref="Generation"/> has the protocol.</summary>
internal sealed class DatabaseSnapshot : IDisposable
{
    private readonly Stream _data;
    private readonly Stream? _log;
    private readonly long _seen;

    private DatabaseSnapshot(Stream data, Stream? log, long seen)
    {
        (_data, _log, _seen) = (data, log, seen);
        try
        {
            Database = ResultsDatabase.ForReading(data, log);
        }
        catch
        {
            Close();
            throw;
        }
    }

    public ResultsDatabase Database { get; } = null!;

    /// <summary>The number that the snapshot belongs to.</summary>
    public long Seen => _seen;

    /// <summary>Takes a snapshot now; null when the writer is in the middle of something or came in between, so that the caller asks again.</summary>
    /// <param name="copied">Copy the files even when they are at rest.</param>
    public static DatabaseSnapshot? Take(ResultsFolder folder, Generation generation, bool copied)
    {
        var seen = generation.Value;
        if (Generation.IsOdd(seen) && WriterLock.IsHeld(folder))
        {
            return null;
        }

        var atRest = !Generation.IsOdd(seen) && !(File.Exists(folder.DatabaseLog) && new FileInfo(folder.DatabaseLog).Length > 0);
        return atRest && !copied ? Live(folder, generation, seen) : Copy(folder, generation, seen);
    }

    public void Dispose()
    {
        Database.Dispose();
        Close();
    }

    private static DatabaseSnapshot? Live(ResultsFolder folder, Generation generation, long seen)
    {
        var file = new LiveFile(folder.Database, generation, seen);
        try
        {
            return new DatabaseSnapshot(file, null, seen);
        }
        catch when (generation.Value != seen)
        {
            return null;
        }
    }

    private static DatabaseSnapshot? Copy(ResultsFolder folder, Generation generation, long seen)
    {
        var place = Directory.CreateTempSubdirectory("campaign-results-").FullName;
        try
        {
            var (data, log) = (Path.Combine(place, "data"), Path.Combine(place, "log"));
            File.Copy(folder.Database, data);
            if (File.Exists(folder.DatabaseLog))
            {
                File.Copy(folder.DatabaseLog, log);
            }

            // Opened, so that the folder can go at once: a reader that is killed leaves nothing behind.
            return generation.Value == seen ? new DatabaseSnapshot(new FileStream(data, FileMode.Open), new FileStream(log, FileMode.OpenOrCreate), seen) : null;
        }
        finally
        {
            Directory.Delete(place, recursive: true);
        }
    }

    private void Close()
    {
        _data.Dispose();
        _log?.Dispose();
    }
}
