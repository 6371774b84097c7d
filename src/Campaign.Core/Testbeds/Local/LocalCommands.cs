using System.Globalization;

namespace Campaign.Testbeds.Local;

/// <summary>Shell commands of a campaign on this machine, for users who allowed it.</summary>
internal sealed class LocalCommands(TimeProvider time) : IAsyncDisposable
{
    private readonly Dictionary<long, ShellCommand> _spawned = [];
    private long _handles;

    public async Task<CommandOutcome> RunAsync(string command, string folder, CancellationToken cancellationToken)
    {
        await using var running = ShellCommand.Start(command, folder, time);
        return await running.EndAsync(cancellationToken);
    }

    public long Spawn(string command, string folder)
    {
        _spawned.Add(++_handles, ShellCommand.Start(command, folder, time));
        return _handles;
    }

    public async Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken)
    {
        if (!_spawned.Remove(handle, out var running))
            throw new TestbedException(string.Create(CultureInfo.InvariantCulture, $"There is no process {handle} to stop in this trial; it may have been stopped before."));

        await using (running)
        {
            running.AskToEnd();
            return await running.EndAsync(cancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var running in _spawned.Values)
            await running.DisposeAsync();

        _spawned.Clear();
    }
}
