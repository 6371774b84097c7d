using System.Globalization;
using Campaign.Diagnostics;

namespace Campaign.Storage.Database;

/// <summary>
/// Keeps a second writer out. LiteDB does not: two processes that open one file corrupt it without an error. The operating system frees the lock (flock) when
/// its holder ends, however it ends. Who holds it stands in a file beside it, because .NET opens no file, not even for reading, that another process has locked.
/// </summary>
internal sealed class WriterLock : IDisposable
{
    // A reader that tests the lock holds it for some microseconds.
    private const int Attempts = 100;

    private readonly FileStream _file;

    private WriterLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, or says who has it.</summary>
    /// <exception cref="CampaignException">Another process writes (exit code 75), or the file cannot be created.</exception>
    public static WriterLock Take(ResultsFolder folder, DateTimeOffset now)
    {
        var patience = new SpinWait();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            if (TryOpen(folder.Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None) is { } file)
            {
                File.WriteAllText(folder.Writer, string.Create(
                    CultureInfo.InvariantCulture,
                    $"process {Environment.ProcessId} on {Environment.MachineName} since {now:yyyy-MM-dd HH:mm:ss zzz}\n"));
                return new WriterLock(file);
            }

            patience.SpinOnce(sleep1Threshold: 0);
        }

        throw new CampaignException(
            $"The results folder {folder.Root} is being written by {Holder(folder)}.",
            ExitCode.Busy,
            "Wait until it has finished, or write to another folder with --results.");
    }

    /// <summary>Whether a process writes at this moment.</summary>
    public static bool IsHeld(ResultsFolder folder)
    {
        if (!File.Exists(folder.Lock))
        {
            return false;
        }

        using var file = TryOpen(folder.Lock, FileMode.Open, FileAccess.Read, FileShare.Read);
        return file is null;
    }

    /// <summary>Who holds the lock, for people.</summary>
    public static string Holder(ResultsFolder folder) =>
        File.Exists(folder.Writer) && File.ReadAllText(folder.Writer).Trim() is { Length: > 0 } text ? text : "another process";

    public void Dispose() => _file.Dispose();

    private static FileStream? TryOpen(string path, FileMode mode, FileAccess access, FileShare share)
    {
        try
        {
            return new FileStream(path, mode, access, share, bufferSize: 0);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException) && e.HResult is WouldBlock)
        {
            return null;
        }
    }

    // EWOULDBLOCK on Linux: what flock answers when another process has the lock.
    private const int WouldBlock = 11;
}
