using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Planning;
using Campaign.Testbeds.Local;
using Campaign.Testbeds.Virtual.Images;

namespace Campaign.Testbeds.Virtual;

/// <summary>
/// The embedded testbed: the device under test is a machine in QEMU that really boots the release, kernel and command line that a trial asks for; its NICs end in
/// sockets of this program, which is load generator, splitter and timestamper.
/// </summary>
internal sealed class VirtualTestbed : ITestbed, ISnapshots
{
    private const int BootAttempts = 3;

    private readonly TestbedDefinition _definition;
    private readonly VirtualOptions _virtual;
    private readonly OpenOptions _options;
    private readonly Reservation _reservation;
    private readonly ImageStore _images;
    private readonly DirectoryInfo _folder;
    private readonly Dictionary<string, MachineState> _states = new(StringComparer.Ordinal);

    private Machine? _machine;
    private string _booted = "";
    private Qemu? _qemu;
    private bool _hasBooted;

    private VirtualTestbed(TestbedDefinition definition, VirtualOptions settings, OpenOptions options, Reservation reservation)
    {
        _definition = definition;
        _virtual = settings;
        _options = options;
        _reservation = reservation;
        _images = ImageStore.Open(definition, options.Say, options.Time);
        _folder = new DirectoryInfo(Path.Combine(CacheFolder.Make(), "running"));
        RemoveLeftovers();
    }

    public bool Simulated => false;

    public bool Measures => true;

    public bool OwnsTheDut => true;

    public ISnapshots? Snapshots => this;

    public static ITestbed Open(TestbedDefinition definition, OpenOptions options)
    {
        var settings = VirtualOptions.Read(definition);
        return OperatingSystem.IsLinux()
            ? new VirtualTestbed(definition, settings, options, Reservation.Take("virtual", options.Locks))
            : throw Prerequisites.Unavailable("It needs Linux.");
    }

    public async Task<ImmutableArray<Fact>> PrepareAsync(IReadOnlyCollection<BootState> states, CancellationToken cancellationToken)
    {
        await Prerequisites.EnsureAsync(_options.Say, cancellationToken);
        try
        {
            _qemu = await Qemu.FindAsync(_images.Cache, _images.Recipes, _options.Say, cancellationToken);
            foreach (var request in states.Select(Request).DistinctBy(r => (r.Os, r.Kernel)))
                await SpecAsync(request, cancellationToken);
        }
        catch (TestbedException e)
        {
            throw Prerequisites.Unavailable(e.Message);
        }

        return
        [
            .. MachineFacts.Read(),
            new Fact("machine.qemu.version", _qemu.Version),
            new Fact("machine.qemu.accelerator", _qemu.Accelerator),
            new Fact("machine.qemu.nic", _qemu.Nic),
        ];
    }

    public async Task<BootOutcome> BootAsync(BootState state, BootNeed need, CancellationToken cancellationToken)
    {
        var started = _options.Time.GetTimestamp();
        if (need == BootNeed.State && _booted == state.Id && _machine is { Runs: true } there && await AnswersAsync(there, cancellationToken) is { } id)
            return Outcome(there, id, booted: false, started);

        await StopAsync();
        var spec = await SpecAsync(Request(state), cancellationToken);
        for (var attempt = 1; ; attempt++)
        {
            using var patience = new CancellationTokenSource(_virtual.BootPatience, _options.Time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
            try
            {
                _machine = await Machine.BootAsync(spec, _folder.FullName, _options.Time, either.Token);
                (_booted, _hasBooted) = (state.Id, true);
                return Outcome(_machine, await BootIdAsync(_machine, cancellationToken), booted: true, started);
            }
            catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
            {
                if (attempt == BootAttempts)
                    throw new TestbedException($"{attempt} boots hung. {e.Message}", e);

                _options.Say($"{e.Message} Trying again.");
            }
            catch (TestbedException e) when (attempt < BootAttempts)
            {
                _options.Say($"{e.Message} Trying again.");
            }

            if (spec.Qemu.Accelerator == "kvm" && !_hasBooted)
            {
                _options.Say("KVM starts here but boots no machine: emulating it instead (tcg).");
                _qemu = _qemu! with { Accelerator = "tcg" };
                spec = spec with { Qemu = _qemu };
            }
        }
    }

    public Task<ITrialSession> BeginAsync(TrialContext trial, CancellationToken cancellationToken) => Task.FromResult<ITrialSession>(
        new VirtualSession(_definition, _options, trial, Running, () => _booted = ""));

    public async Task SaveAsync(string name, CancellationToken cancellationToken)
    {
        if (_states.Remove(name, out var old))
            old.Dispose();

        var id = await BootIdAsync(Running, cancellationToken);
        _states[name] = await Running.SaveAsync(id, _folder.FullName, cancellationToken);
    }

    public async Task<BootOutcome> RestoreAsync(string name, CancellationToken cancellationToken)
    {
        var started = _options.Time.GetTimestamp();
        await StopAsync();
        _machine = await Machine.RestoreAsync(_states[name], _folder.FullName, _options.Time, cancellationToken);
        return Outcome(_machine, _states[name].BootId, booted: false, started);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        foreach (var state in _states.Values)
            state.Dispose();

        _folder.Delete(recursive: true);
        _reservation.Dispose();
    }

    private Machine Running => _machine ?? throw new TestbedException("The device under test is not booted.");

    /// <summary>The reservation makes the folder this process' own; what is in it belongs to a process that was killed.</summary>
    private void RemoveLeftovers()
    {
        if (_folder.Exists)
            _folder.Delete(recursive: true);

        Directory.CreateDirectory(_folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Refresh();
    }

    private async Task StopAsync()
    {
        if (_machine is { } machine)
            await machine.DisposeAsync();

        (_machine, _booted) = (null, "");
    }

    private BootRequest Request(BootState state)
    {
        var request = state.Hosts.FirstOrDefault(h => new HostNames(_definition).Resolve(h.Key) == new HostNames(_definition).Resolve("dut")).Value;
        return new BootRequest(request?.Os ?? _definition.OperatingSystems[0], request?.Kernel ?? _definition.Kernels[0], request?.CommandLine ?? "");
    }

    private async Task<MachineSpec> SpecAsync(BootRequest request, CancellationToken cancellationToken)
    {
        var kernels = await _images.Cache.GetAsync(_images.Recipes.Kernels(request.Os!), cancellationToken);
        var root = await _images.Cache.GetAsync(_images.Recipes.Root(request.Os!), cancellationToken);
        var container = await _images.Cache.GetAsync(_images.Recipes.Container(request.Os!), cancellationToken);
        var cpus = _definition.Hosts.First(h => h.Roles.Contains("dut")).Cpus.Length;
        return new MachineSpec(
            _qemu!, KernelPack.Read(kernels, request.Os!, request.Kernel!), root, container, request.CommandLine!, cpus, _virtual.Memory);
    }

    /// <returns>The machine's boot id; null when it does not answer.</returns>
    private static async Task<string?> AnswersAsync(Machine machine, CancellationToken cancellationToken)
    {
        try
        {
            return await BootIdAsync(machine, cancellationToken);
        }
        catch (TestbedException)
        {
            return null;
        }
    }

    private static async Task<string> BootIdAsync(Machine machine, CancellationToken cancellationToken) =>
        (await machine.Ssh.ExpectAsync("cat /proc/sys/kernel/random/boot_id", "tell its boot id", cancellationToken)).Trim();

    private BootOutcome Outcome(Machine machine, string id, bool booted, long started) => new(id, booted, _options.Time.GetElapsedTime(started), Promises(machine.Spec));

    /// <summary>What must be true of a machine that was built and booted so.</summary>
    private static ImmutableArray<Fact> Promises(MachineSpec spec) =>
    [
        new Fact(NodeFacts.KernelRelease, spec.Kernel.Release),
        new Fact(MachineFactNames.Realtime, spec.Kernel.Realtime ? "true" : "false"),
        .. spec.Kernel.Name == KernelPack.Nohz ? [new Fact(MachineFactNames.NohzAble, "true")] : Array.Empty<Fact>(),
        new Fact(MachineFactNames.Image, spec.Root.Identity),
        new Fact(MachineFactNames.NodeImage, spec.Container.Identity),
        new Fact(MachineFactNames.Ports, $"{MachineSpec.MacA} {MachineSpec.MacB}"),
        new Fact(MachineFactNames.Cable("a"), string.Create(CultureInfo.InvariantCulture, $"{MachineSpec.MacA} on cable a")),
        new Fact(MachineFactNames.Cable("b"), string.Create(CultureInfo.InvariantCulture, $"{MachineSpec.MacB} on cable b")),
    ];
}
