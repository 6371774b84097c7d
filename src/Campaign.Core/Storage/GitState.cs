using System.Diagnostics;

namespace Campaign.Storage;

/// <summary>The commit that a folder is at, for the provenance of a sweep.</summary>
/// <param name="Commit">Whole commit id; empty outside git, or where there is no git.</param>
/// <param name="Dirty">Whether there are uncommitted changes.</param>
internal sealed record GitState(string Commit, bool Dirty)
{
    private static readonly GitState None = new("", false);

    public static async Task<GitState> OfAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            var commit = await GitAsync(folder, ["rev-parse", "HEAD"], cancellationToken);
            return commit is null ? None : new GitState(commit, await GitAsync(folder, ["status", "--porcelain"], cancellationToken) is { Length: > 0 });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            // There is no git on this machine.
            return None;
        }
    }

    private static async Task<string?> GitAsync(string folder, string[] arguments, CancellationToken cancellationToken)
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["-C", folder, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var errors = git.StandardError.ReadToEndAsync(cancellationToken);
        var output = await git.StandardOutput.ReadToEndAsync(cancellationToken);
        await errors;
        await git.WaitForExitAsync(cancellationToken);
        return git.ExitCode == 0 ? output.Trim() : null;
    }
}
