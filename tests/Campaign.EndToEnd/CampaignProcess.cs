using System.Diagnostics;
using System.Text;
using Campaign.Testing;

namespace Campaign.EndToEnd;

/// <summary>The built program, run as a user runs it.</summary>
internal sealed class CampaignProcess : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _out;
    private readonly StringBuilder _error = new();
    private readonly List<(string Text, TaskCompletionSource Seen, int Count)> _awaited = [];
    private readonly Task _errorPump;

    private CampaignProcess(Process process)
    {
        _process = process;
        _out = process.StandardOutput.ReadToEndAsync();
        _errorPump = PumpAsync();
    }

    public int Id => _process.Id;

    public static string Program => Path.Combine(AppContext.BaseDirectory, "campaign");

    /// <summary>Runs a command line to its end.</summary>
    public static async Task<Ended> RunAsync(string? results, params string[] arguments)
    {
        using var process = Start(results, arguments);
        return await process.EndAsync();
    }

    /// <inheritdoc cref="RunAsync(string?, string[])"/>
    public static async Task<Ended> RunAsync(string results, IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        using var process = Start(results, environment, arguments);
        return await process.EndAsync();
    }

    /// <summary>Runs a command line to its end, with a file on standard input through a pipe.</summary>
    public static async Task<Ended> PipeAsync(string input, params string[] arguments)
    {
        using var process = Start(null, new Dictionary<string, string>(), arguments, pipes: true);
        await using (var file = File.OpenRead(input))
        await using (var pipe = process._process.StandardInput.BaseStream)
            await file.CopyToAsync(pipe);
        return await process.EndAsync();
    }

    public static CampaignProcess Start(string? results, params string[] arguments) => Start(results, new Dictionary<string, string>(), arguments);

    /// <summary>Starts a launcher, which builds the program when that is needed.</summary>
    public static CampaignProcess Launch(string launcher, params string[] arguments) => Start(null, new Dictionary<string, string>(), arguments, program: launcher);

    private static CampaignProcess Start(string? results, IReadOnlyDictionary<string, string> environment, string[] arguments, bool pipes = false, string? program = null)
    {
        var start = new ProcessStartInfo(program ?? Program, arguments)
        {
            WorkingDirectory = TestData.ProjectRoot,
            RedirectStandardInput = pipes,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NO_COLOR"] = "1";
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        if (results is not null)
        {
            start.Environment["CAMPAIGN_RESULTS"] = results;
        }

        return new CampaignProcess(Process.Start(start)!);
    }

    /// <summary>Waits until standard error has held a text a number of times.</summary>
    public async Task SaidAsync(string text, int times = 1)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_error)
        {
            _awaited.Add((text, seen, times));
        }

        Check();
        await Task.WhenAny(seen.Task, _errorPump);
        if (!seen.Task.IsCompleted)
        {
            throw new InvalidOperationException($"The program ended without saying '{text}' {times} times. It said:\n{_error}");
        }
    }

    public void Signal(string signal)
    {
        using var kill = Process.Start("kill", ["-s", signal, _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    public async Task<Ended> EndAsync()
    {
        var output = await _out;
        await _errorPump;
        await _process.WaitForExitAsync();
        return new Ended(_process.ExitCode, output, _error.ToString());
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }

    private async Task PumpAsync()
    {
        while (await _process.StandardError.ReadLineAsync() is { } line)
        {
            lock (_error)
            {
                _error.Append(line).Append('\n');
            }

            Check();
        }
    }

    private void Check()
    {
        lock (_error)
        {
            var said = _error.ToString();
            foreach (var (_, seen, _) in _awaited.Where(a => said.Split(a.Text).Length - 1 >= a.Count))
            {
                seen.TrySetResult();
            }
        }
    }
}

/// <summary>How a run of the program ended.</summary>
internal sealed record Ended(int Code, string Out, string Error)
{
    public override string ToString() => $"exit {Code}\n--- out\n{Out}\n--- error\n{Error}";
}
