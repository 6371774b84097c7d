using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Testbeds.Ssh;

namespace Campaign.Testbeds.Virtual;

/// <summary>
/// A machine that runs. It ends when it is disposed of or when this program ends, however that happens: the kernel sees to it (<see cref="BoundProcess"/>). It leaves
/// nothing behind: its monitor is its standard streams, its folder holds a log, and a saved state has no name.
/// </summary>
internal sealed class Machine : IAsyncDisposable
{
    private const string StallMessage = "kthread starved for";

    private readonly Process _process;
    private readonly Qmp _qmp;
    private readonly Task<string> _errors;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _migrated = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly string _serial;
    private readonly MachineAccess _access;
    private SshHost? _ssh;

    private Machine(Process process, MachineSpec spec, MachineAccess access, WirePorts wire, string serial)
    {
        _process = process;
        _serial = serial;
        _access = access;
        Spec = spec;
        Wire = wire;
        _errors = process.StandardError.ReadToEndAsync();
        _qmp = new Qmp(process.StandardOutput, process.StandardInput, OnEvent);
    }

    public MachineSpec Spec { get; }

    public WirePorts Wire { get; }

    public int ProcessId => _process.Id;

    public bool Runs => !_process.HasExited;

    /// <summary>The connection to the machine.</summary>
    public SshHost Ssh => _ssh ?? throw new InvalidOperationException("The machine has not said yet that it is ready.");

    /// <summary>Starts a machine, waits until it says that SSH answers, and logs in.</summary>
    /// <param name="folder">Where its console is logged; what else is put there is removed again.</param>
    /// <exception cref="TestbedException">It did not come up; the message has the last lines of its console.</exception>
    public static async Task<Machine> BootAsync(MachineSpec spec, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var machine = await StartAsync(spec, MachineAccess.Create(), folder, incoming: false, cancellationToken);
        try
        {
            using var ready = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var stall = machine.StallsAsync(time, ready.Token);
            await machine.WhileRunningAsync(Task.WhenAny(machine._ready.Task, stall), "booted", cancellationToken);
            if (stall.IsCompletedSuccessfully)
                throw new TestbedException($"The device under test hangs while it boots.{machine.Console()}");

            await ready.CancelAsync();
            await machine.ConnectAsync(time, cancellationToken);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Brings a saved machine back, as it was when it was saved.</summary>
    public static async Task<Machine> RestoreAsync(MachineState state, string folder, TimeProvider time, CancellationToken cancellationToken)
    {
        var machine = await StartAsync(state.Spec, state.Access, folder, incoming: true, cancellationToken);
        try
        {
            await machine._qmp.ExecuteAsync("migrate-set-capabilities", Events(), cancellationToken);
            await machine._qmp.ExecuteAsync("migrate-incoming", new JsonObject { ["uri"] = state.Spec.Qemu.Through(state.File.Path).Read }, cancellationToken);
            await machine.WhileRunningAsync(machine._migrated.Task, "restored", cancellationToken);
            await machine._qmp.ExecuteAsync("cont", null, cancellationToken);
            await machine.ConnectAsync(time, cancellationToken);

            // The machine's clock went on from when it was saved.
            await machine.Ssh.ExpectAsync(
                string.Create(CultureInfo.InvariantCulture, $"date --set=@{time.GetUtcNow().ToUnixTimeMilliseconds() / 1e3:0.000}"), "set its clock", cancellationToken);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    /// <summary>Saves the machine as it runs and lets it go on.</summary>
    public async Task<MachineState> SaveAsync(string bootId, string folder, CancellationToken cancellationToken)
    {
        var state = new MachineState(Spec, _access, bootId, new UnnamedFile(folder));
        await _qmp.ExecuteAsync("migrate-set-capabilities", Events(), cancellationToken);
        await _qmp.ExecuteAsync("stop", null, cancellationToken);
        await _qmp.ExecuteAsync("migrate", new JsonObject { ["uri"] = Spec.Qemu.Through(state.File.Path).Write }, cancellationToken);
        await WhileRunningAsync(_migrated.Task, "saved", cancellationToken);
        await _qmp.ExecuteAsync("cont", null, cancellationToken);
        return state;
    }

    /// <summary>Which cable a NIC hangs on, as QEMU itself says.</summary>
    public async Task<string> CableAsync(string nic, CancellationToken cancellationToken)
    {
        var path = $"/machine/peripheral/nic-{nic}";
        var cable = await _qmp.ExecuteAsync("qom-get", new JsonObject { ["path"] = path, ["property"] = "netdev" }, cancellationToken);
        var mac = await _qmp.ExecuteAsync("qom-get", new JsonObject { ["path"] = path, ["property"] = "mac" }, cancellationToken);
        return $"{mac.GetString()} on cable {cable.GetString()}";
    }

    public async ValueTask DisposeAsync()
    {
        if (_ssh is not null)
            await _ssh.DisposeAsync();

        if (!_process.HasExited)
            _process.Kill();

        await _process.WaitForExitAsync(CancellationToken.None);
        await _qmp.Closed;
        _process.Dispose();
    }

    private static async Task<Machine> StartAsync(MachineSpec spec, MachineAccess access, string folder, bool incoming, CancellationToken cancellationToken)
    {
        var wire = access.Wire;
        using var initrd = new UnnamedFile(folder);
        await access.WriteInitrdAsync(spec, initrd.Stream, cancellationToken);
        var serial = Path.Combine(folder, "console.log");
        var process = await BoundProcess.StartAsync(
            spec.Qemu.Program, spec.Arguments(initrd.Path, serial, wire, access.SshPort, incoming), "KILL", start =>
            {
                if (spec.Qemu.Modules is { } modules)
                    start.Environment["QEMU_MODULE_DIR"] = modules;
            });
        var machine = new Machine(process, spec, access, wire, serial);
        try
        {
            // QEMU answers once it has read its files, so the initrd can go.
            await machine.WhileRunningAsync(machine._qmp.ExecuteAsync("qmp_capabilities", null, cancellationToken), "started", cancellationToken);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync();
            throw;
        }
    }

    private async Task ConnectAsync(TimeProvider time, CancellationToken cancellationToken) => _ssh = await SshHost.ConnectAsync(_access.Address, time, cancellationToken);

    private static JsonObject Events() => new()
    {
        ["capabilities"] = new JsonArray(new JsonObject { ["capability"] = "events", ["state"] = true }),
    };

    private void OnEvent(string name, JsonElement data)
    {
        switch (name)
        {
            case "VSERPORT_CHANGE" when data.GetProperty("id").GetString() == MachineSpec.ReadyPort && data.GetProperty("open").GetBoolean():
                _ready.TrySetResult();
                break;
            case "MIGRATION" when data.GetProperty("status").GetString() == "completed":
                _migrated.TrySetResult();
                break;
            case "MIGRATION" when data.GetProperty("status").GetString() == "failed":
                _migrated.TrySetException(new TestbedException("QEMU could not save or restore the machine. Is the disk full?"));
                break;
        }
    }

    /// <exception cref="TestbedException">QEMU ended first, or the time is up; with what it or the console said last.</exception>
    private async Task WhileRunningAsync(Task task, string what, CancellationToken cancellationToken)
    {
        try
        {
            if (await Task.WhenAny(task, _qmp.Closed).WaitAsync(cancellationToken) == task)
            {
                await task;
                return;
            }
        }
        catch (OperationCanceledException)
        {
            throw new MachineHangsException($"The device under test has not {what} in time.{Console()}", cancellationToken);
        }

        await _process.WaitForExitAsync(CancellationToken.None);
        var said = (await _errors).Trim();
        throw new TestbedException($"QEMU ended before the machine had {what}{(said.Length > 0 ? $": {said.Split('\n')[^1]}" : ".")}{Console()}");
    }

    /// <summary>Ends when the kernel says that it does not get on: an emulated CPU may lose its timer, which the kernel reports after 21 seconds.</summary>
    private async Task StallsAsync(TimeProvider time, CancellationToken cancellationToken)
    {
        using var look = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (!File.Exists(_serial) || !(await File.ReadAllTextAsync(_serial, cancellationToken)).Contains(StallMessage, StringComparison.Ordinal))
            await look.WaitForNextTickAsync(cancellationToken);
    }

    private string Console()
    {
        string[] lines = File.Exists(_serial) ? [.. File.ReadAllLines(_serial).Where(l => !string.IsNullOrWhiteSpace(l)).TakeLast(4)] : [];
        return lines.Length == 0 ? " Its console said nothing." : $" Its console said last: {string.Join(" / ", lines.Select(l => l.Trim()))}";
    }
}

/// <summary>A machine was not ready when somebody stopped waiting; the message has what its console said last.</summary>
internal sealed class MachineHangsException(string message, CancellationToken token) : OperationCanceledException(message, token);
