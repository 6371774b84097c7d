using System.Globalization;
using Campaign.Diagnostics;

namespace Campaign.Testbeds;

/// <summary>
/// Keeps two sweeps from measuring on one testbed at the same time. The kernel gives the lock back when the process ends, whichever way.
/// </summary>
internal sealed class Reservation : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly FileStream _lock;

    private Reservation(FileStream held) => _lock = held;

    /// <summary>Reserves what <paramref name="name"/> stands for.</summary>
    /// <param name="folder">Where locks are; null: in a private folder of this user.</param>
    /// <exception cref="CampaignException">Exit code 75: another process has it, which the message names; 6: the folder for locks cannot be used.</exception>
    public static Reservation Take(string name, string? folder)
    {
        var path = Path.Combine(folder ?? PrivateFolder(), $"testbed-{name}.lock");
        try
        {
            var held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(path + ".pid", Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
            return new Reservation(held);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CampaignException(
                $"The lock of the testbed '{name}' cannot be taken: {e.Message}", ExitCode.Testbed, $"Remove {path} if another user left it there.", e);
        }
        catch (IOException e)
        {
            var holder = File.Exists(path + ".pid") ? File.ReadAllText(path + ".pid") : "unknown";
            throw new CampaignException(
                $"The testbed '{name}' is busy: the process {holder} measures on it. Two sweeps at once would disturb each other.",
                ExitCode.Busy, "Run again when it has finished.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    /// <summary>A folder that nobody else can write to.</summary>
    private static string PrivateFolder()
    {
        var runtime = Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR");
        var path = runtime is { Length: > 0 } && Directory.Exists(runtime)
            ? Path.Combine(runtime, "campaign")
            : Path.Combine(Path.GetTempPath(), $"campaign-{Environment.UserName}");
        try
        {
            Directory.CreateDirectory(path, OwnerOnly);
            return File.GetUnixFileMode(path) == OwnerOnly && new FileInfo(path).LinkTarget is null
                ? path
                : throw new UnauthorizedAccessException("Others may use it.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CampaignException(
                $"The folder {path}, which holds the locks of testbeds, cannot be used: {e.Message}", ExitCode.Testbed,
                $"Make it yours alone (chmod 700 {path}), or set XDG_RUNTIME_DIR.", e);
        }
    }
}
