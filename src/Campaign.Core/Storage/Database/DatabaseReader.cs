using Campaign.Diagnostics;

namespace Campaign.Storage.Database;

/// <summary>Answers questions about a results folder while another process may write it. Every answer is of one moment.</summary>
internal sealed class DatabaseReader(ResultsFolder folder) : IDisposable
{
    // So often is the live file tried before it is copied, which takes longer but is disturbed for a shorter time.
    private const int LiveAttempts = 3;

    // Each waits a millisecond or more once it is clear that the writer is busy.
    private const int Attempts = 20_000;

    private readonly Generation _generation = Generation.ForReading(folder.Generation);
    private DatabaseSnapshot? _snapshot;

    /// <param name="question">Must have read everything when it comes back; may be asked several times.</param>
    /// <exception cref="CampaignException">The database is damaged, of a newer format, or never at rest.</exception>
    public T Ask<T>(Func<ResultsDatabase, T> question)
    {
        var patience = new SpinWait();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                if (Fresh(copied: attempt >= LiveAttempts) is { } snapshot)
                {
                    return question(snapshot.Database);
                }
            }
            catch (Exception) when (_snapshot is { } used && used.Seen != _generation.Value)
            {
                Forget();
            }
            catch (Exception e) when (e is not CampaignException)
            {
                // LiteDB answers a damaged page with almost any exception.
                Forget();
                throw new CampaignException(
                    $"The results database {folder.Database} cannot be read: {e.Message}",
                    ExitCode.Definition,
                    "If the file was damaged, put a copy of it in its place; captures that were kept can be evaluated again with campaign analyse.",
                    e);
            }

            patience.SpinOnce(sleep1Threshold: 10);
        }

        throw new CampaignException(
            $"The results database {folder.Database} is never at rest; it is being written by {WriterLock.Holder(folder)}.",
            ExitCode.Busy,
            "Try again in a minute; if that process is stopped, let it go on or end it.");
    }

    public void Dispose()
    {
        Forget();
        _generation.Dispose();
    }

    private DatabaseSnapshot? Fresh(bool copied)
    {
        if (_snapshot is { } old && old.Seen != _generation.Value)
        {
            Forget();
        }

        return _snapshot ??= DatabaseSnapshot.Take(folder, _generation, copied);
    }

    private void Forget()
    {
        _snapshot?.Dispose();
        _snapshot = null;
    }
}
