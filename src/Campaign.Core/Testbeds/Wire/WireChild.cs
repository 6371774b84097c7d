using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace Campaign.Testbeds.Wire;

/// <summary>A wire process, seen from the runner. It ends when it is disposed of, or when the runner is gone.</summary>
internal sealed class WireChild : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string _role;
    private readonly Process _process;
    private readonly Task<string> _complaints;

    private WireChild(string role, Process process)
    {
        _role = role;
        _process = process;
        _complaints = process.StandardError.ReadToEndAsync();
        Ready = ExpectAsync("ready", CancellationToken.None);
    }

    public int Id => _process.Id;

    public bool Running => !_process.HasExited;

    /// <summary>The process' first message, which says that it has started.</summary>
    public Task<WireMessage> Ready { get; }

    /// <summary>Starts a process and does not wait for it, so that several start at the same time.</summary>
    /// <exception cref="TestbedException">The program cannot be started.</exception>
    public static WireChild Start(string program, string role, params ReadOnlySpan<string> arguments)
    {
        var assembly = program.EndsWith(".dll", StringComparison.Ordinal);

        // A session of its own: Ctrl-C in the terminal is the runner's to handle, which then finishes the step.
        var start = new ProcessStartInfo("setsid", assembly ? ["dotnet", "exec", program, "wire", role, .. arguments] : [program, "wire", role, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // These processes hardly allocate: a collector with threads of its own would only be more to schedule.
        start.Environment["DOTNET_gcConcurrent"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        try
        {
            return new WireChild(role, Process.Start(start)!);
        }
        catch (Win32Exception e)
        {
            throw new TestbedException($"The {role} cannot be started from {program}: {e.Message}. Build campaign again.", e);
        }
    }

    /// <summary>Gives an order and waits for the answer.</summary>
    /// <exception cref="TestbedException">The process ended instead, or answered something else.</exception>
    public async Task<WireMessage> AskAsync(WireMessage order, string answer, CancellationToken cancellationToken)
    {
        await Ready.WaitAsync(cancellationToken);
        try
        {
            await _process.StandardInput.WriteAsync($"{order}\n".AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException e)
        {
            throw new TestbedException(await EpitaphAsync(), e);
        }

        return await ExpectAsync(answer, cancellationToken);
    }

    /// <summary>Tells the process to end, which it does by itself; the others can be told meanwhile.</summary>
    public void Release()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // Closing sends what could not be sent before; the process that it was for is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        Release();
        using var limit = new CancellationTokenSource(Patience);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            // A process that is starved of its CPU does not get round to ending by itself.
            _process.Kill();
            await _process.WaitForExitAsync(CancellationToken.None);
        }

        _ = Ready.Exception;
        _process.Dispose();
    }

    private async Task<WireMessage> ExpectAsync(string verb, CancellationToken cancellationToken)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellationToken) ?? throw new TestbedException(await EpitaphAsync());
        var message = WireMessage.Parse(line);
        return message.Verb == verb
            ? message
            : throw new TestbedException($"The {_role} answered '{line}' where '{verb}' was due. Is the campaign program the one that was built with this one?");
    }

    private async Task<string> EpitaphAsync()
    {
        await _process.WaitForExitAsync(CancellationToken.None);
        var said = (await _complaints).Trim();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"The {_role} ended unexpectedly with exit code {_process.ExitCode}{(said.Length == 0 ? " and said nothing." : $": {said}")}");
    }
}
