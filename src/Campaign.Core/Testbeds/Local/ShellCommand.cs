using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;

namespace Campaign.Testbeds.Local;

/// <summary>One shell command with everything that it starts: a session, and so a process group, of its own.</summary>
internal sealed partial class ShellCommand : IAsyncDisposable
{
    private const int Terminate = 15;
    private const int Kill = 9;
    private const int MostOutput = 1 << 20;

    private readonly Process _process;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Task<string> _output;
    private readonly Task<string> _errors;
    private bool _ended;

    private ShellCommand(Process process, TimeProvider time)
    {
        _process = process;
        _time = time;
        _started = time.GetTimestamp();
        _output = CollectAsync(process.StandardOutput);
        _errors = CollectAsync(process.StandardError);
    }

    /// <summary>Starts <c>/bin/sh -c</c> in a folder, with hardly anything of this program's environment.</summary>
    /// <exception cref="TestbedException">There is no <c>setsid</c>.</exception>
    public static ShellCommand Start(string command, string folder, TimeProvider time)
    {
        var start = new ProcessStartInfo("setsid", ["/bin/sh", "-c", command])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        start.Environment["PATH"] = "/usr/local/bin:/usr/bin:/bin:/usr/local/sbin:/usr/sbin:/sbin";
        start.Environment["HOME"] = folder;
        start.Environment["LANG"] = "C.UTF-8";
        try
        {
            var process = Process.Start(start)!;
            process.StandardInput.Close();
            return new ShellCommand(process, time);
        }
        catch (Win32Exception e)
        {
            throw new TestbedException($"No command can be started on this machine: {e.Message}. The tool setsid is in Debian's package util-linux.", e);
        }
    }

    public void AskToEnd() => SignalAll(Terminate);

    /// <summary>Waits for the end.</summary>
    /// <exception cref="OperationCanceledException">Cancelled; the command and all that it started were killed.</exception>
    public async Task<CommandOutcome> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _process.WaitForExitAsync(cancellationToken);
        }
        finally
        {
            // What is left in the background would keep the pipes open for ever.
            SignalAll(Kill);
            _ended = true;
        }

        return new CommandOutcome(_process.ExitCode, await _output, await _errors, _time.GetElapsedTime(_started));
    }

    public async ValueTask DisposeAsync()
    {
        if (!_ended)
            SignalAll(Kill);

        await _process.WaitForExitAsync(CancellationToken.None);
        await Task.WhenAll(_output, _errors);
        _process.Dispose();
    }

    private void SignalAll(int signal)
    {
        // Right after the start the group may not exist yet; then there is but one process.
        if (Signal(-_process.Id, signal) != 0 && !_process.HasExited)
            _ = Signal(_process.Id, signal);
    }

    /// <summary>Reads to the end, keeps the beginning.</summary>
    private static async Task<string> CollectAsync(StreamReader reader)
    {
        var kept = new StringBuilder();
        var buffer = new char[4096];
        while (await reader.ReadAsync(buffer) is > 0 and var count)
            kept.Append(buffer, 0, Math.Min(count, MostOutput - kept.Length));

        return kept.Length < MostOutput ? kept.ToString() : kept.Append("\n(cut off here)").ToString();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
