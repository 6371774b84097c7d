using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Testbeds.Observation;
using Campaign.Testbeds.Ssh;
using Campaign.Testbeds.Wire;
using Campaign.Topology;

namespace Campaign.Testbeds.Virtual;

/// <summary>What a campaign lets disturb the node: busy neighbours on its host, and the interrupt recorder there or within the node.</summary>
internal sealed class Disturbances(SshHost ssh, string folder)
{
    private const string Folder = "/run/campaign-disturb";

    private string? _within;
    private GuestClock? _clock;

    /// <summary>Facts of the recorder's clock; none when nothing is recorded.</summary>
    public ImmutableArray<Fact> Facts => _clock is null ? [] :
    [
        new Fact("dut.clock.offset_ns", _clock.Offset.ToString(CultureInfo.InvariantCulture)),
        new Fact("dut.clock.uncertainty_ns", _clock.Uncertainty.ToString(CultureInfo.InvariantCulture)),
    ];

    public async Task StartAsync(DisturbOptions options, Blueprint blueprint, CancellationToken cancellationToken)
    {
        // A process is known by the name of its program, so each gets a shell of its own name.
        for (var i = 0; i < options.Neighbours; i++)
        {
            await ssh.ExpectAsync(
                $"mkdir -p {Folder} && cp -n /bin/sh {Folder}/{ObservedMachine.NeighbourName} && {{ setsid {Folder}/{ObservedMachine.NeighbourName} -c 'while :; do :; done' </dev/null >/dev/null 2>&1 & }}",
                "start a neighbour", cancellationToken);
        }

        if (options.Recorder is { } place)
        {
            _within = place == DisturbOptions.Node ? $"lxc-attach -n {blueprint.Node} -- " : "";
            await ssh.ExpectAsync($"{_within}sh -ec {Rendering.ShellWord.Quote(Recorder(options.RecorderInterval))}", $"start the interrupt recorder ({place})", cancellationToken);
        }
    }

    /// <summary>Fetches what was recorded, in the clock of the captures.</summary>
    public async Task CollectAsync(CancellationToken cancellationToken)
    {
        if (_within is null)
            return;

        _clock = await GuestClock.MeasureAsync(ssh, cancellationToken);
        var raw = await ssh.ExpectAsync($"{_within}cat {Folder}/interrupts", "read what the interrupt recorder wrote", cancellationToken);
        await using var file = new StreamWriter(Path.Combine(folder, "interrupts.csv"), append: false);
        InterruptLog.Convert(raw, _clock.Offset, file);
    }

    /// <summary>A service like any other of the machine or the container, so it runs where their slices let services run.</summary>
    private static string Recorder(TimeSpan interval) => string.Create(CultureInfo.InvariantCulture,
        $$"""
        mkdir -p {{Folder}}
        cp -n /bin/bash {{Folder}}/{{ObservedMachine.RecorderName}}
        mkfifo {{Folder}}/never
        cat > {{Folder}}/record <<'END'
        exec 9<> {{Folder}}/never > {{Folder}}/interrupts
        while :; do
          lines=(); for file in {{KernelCounters.Files}}; do mapfile -t -O ${#lines[@]} lines < $file; done
          printf "@%s\n" "$EPOCHREALTIME"; printf "%s\n" "${lines[@]}"
          read -r -t {{interval.TotalSeconds:0.###}} -u 9
        done
        END
        systemd-run --quiet --collect {{Folder}}/{{ObservedMachine.RecorderName}} {{Folder}}/record
        """);
}
