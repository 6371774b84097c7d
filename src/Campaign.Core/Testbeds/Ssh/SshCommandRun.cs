using Renci.SshNet;

namespace Campaign.Testbeds.Ssh;

/// <summary>One command that runs on a host.</summary>
internal sealed class SshCommandRun : IAsyncDisposable
{
    private const int NoExitStatus = 255;

    private readonly SshCommand _command;
    private readonly string _host;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Task _running;

    public SshCommandRun(SshCommand command, string host, TimeProvider time)
    {
        _command = command;
        _host = host;
        _time = time;
        _started = time.GetTimestamp();
        _running = command.ExecuteAsync();
    }

    /// <summary>What the command writes to standard output, as it comes.</summary>
    public Stream Output => _command.OutputStream;

    /// <summary>The command's standard input; closing it is its end.</summary>
    public Stream OpenInput() => _command.CreateInputStream();

    /// <summary>Gives the command its standard input, all of it.</summary>
    public async Task WriteAsync(ReadOnlyMemory<byte> input, CancellationToken cancellationToken)
    {
        if (input.IsEmpty)
            return;

        await using var stream = OpenInput();
        await stream.WriteAsync(input, cancellationToken);
    }

    /// <summary>Waits for the end.</summary>
    /// <exception cref="TestbedException">The connection was lost.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; the command was told to end.</exception>
    public async Task<CommandOutcome> EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _running.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            AskToEnd();
            throw;
        }
        catch (Exception e) when (SshHost.IsTrouble(e) || e is OperationCanceledException)
        {
            if (_command.ExitStatus is null && _command.ExitSignal is null)
                throw new TestbedException($"The connection to the host '{_host}' was lost while '{_command.CommandText}' ran: {e.Message}", e);
        }

        return new CommandOutcome(_command.ExitStatus ?? NoExitStatus, _command.Result, _command.Error, _time.GetElapsedTime(_started));
    }

    /// <summary>Sends SIGTERM to the command and what it started.</summary>
    public void AskToEnd()
    {
        try
        {
            _command.CancelAsync(forceKill: false, millisecondsTimeout: 0);
        }
        catch (Exception e) when (SshHost.IsTrouble(e) || e is OperationCanceledException)
        {
            // The connection, and with it the command, is gone.
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_running.IsCompleted)
            AskToEnd();

        await _running.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).WaitAsync(TimeSpan.FromSeconds(5), _time).ContinueWith(static _ => { }, TaskScheduler.Default);
        _command.Dispose();
    }
}
