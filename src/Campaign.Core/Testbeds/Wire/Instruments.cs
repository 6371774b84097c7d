using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Testbeds.Local;

namespace Campaign.Testbeds.Wire;

/// <summary>Load generator and timestamper of one trial, two processes.</summary>
/// <param name="program">The <c>campaign</c> executable.</param>
/// <param name="folder">The trial's folder, for captures.</param>
/// <param name="cables">Where the device under test is attached to; null: to whatever sends UDP payloads to <see cref="TapsAsync"/>.</param>
internal sealed class Instruments(string program, string folder, Cables? cables) : IAsyncDisposable
{
    /// <summary>A recording ends when no packet came for so long, in nanoseconds.</summary>
    private const long Drain = 200_000_000;

    /// <summary>Share of packets that may leave late, by more than an interval, before the load is not the asked-for one.</summary>
    private const double LateLimit = 0.01;

    /// <summary>Below that of a forwarder which asks for real-time priority, above everything else.</summary>
    private const int GeneratorPriority = 1;

    private readonly WireChild _timestamper = WireChild.Start(
        program, "timestamper", cables is null ? [] : [Text(cables.Splitter), Text(cables.Behind)]);
    private readonly WireChild _generator = WireChild.Start(program, "generator");
    private int _recordings;

    public IEnumerable<int> Processes => [_timestamper.Id, _generator.Id];

    /// <summary>Ports of the splitter and of the tap behind the node.</summary>
    public async Task<(long Splitter, long Behind)> TapsAsync(CancellationToken cancellationToken)
    {
        var ready = await _timestamper.Ready.WaitAsync(cancellationToken);
        return (ready.Number("pre"), ready.Number("post"));
    }

    public void Place(ImmutableArray<int> cpus)
    {
        Scheduling.Place(_timestamper.Id, cpus);
        Scheduling.Place(_generator.Id, cpus);
    }

    /// <summary>Sends the packets and captures them. Comes back when both captures are complete.</summary>
    public async Task<TrafficOutcome> MeasureAsync(TrafficOptions traffic, CancellationToken cancellationToken)
    {
        var (splitter, _) = await TapsAsync(cancellationToken);
        var intended = Math.Max(1, (long)Math.Round(traffic.Rate * traffic.Duration.TotalSeconds));
        var (pre, post) = NextCaptures();
        var prepared = await _generator.AskAsync(
            new WireMessage("prepare", ("port", splitter), ("size", traffic.Size), ("rate", traffic.Rate), ("count", intended), ("flows", traffic.Flows),
                ("carry", Carry)),
            "prepared", cancellationToken);

        // Packets are due at their times, whoever else wants the processor. Alone on one, it would leave the node none.
        if (Environment.ProcessorCount > 1)
            Scheduling.TryRealtime(_generator.Id, GeneratorPriority);

        await _timestamper.AskAsync(
            new WireMessage("record", ("pre", pre), ("post", post), ("ports", prepared["ports"]), ("size", traffic.Size), ("carry", Carry)), "recording", cancellationToken);
        var sent = await _generator.AskAsync(new WireMessage("go"), "sent", cancellationToken);
        var recorded = await _timestamper.AskAsync(new WireMessage("stop", ("sent", sent["sent"]), ("drain", Drain)), "recorded", cancellationToken);
        var drops = recorded.Number("drops");
        return new TrafficOutcome(
            pre, post, intended, sent.Number("sent"), sent.Number("late"), sent.Number("worst"), drops,
            [.. Remarks(intended, sent, drops)]);
    }

    public async ValueTask DisposeAsync()
    {
        _timestamper.Release();
        await _generator.DisposeAsync();
        await _timestamper.DisposeAsync();
    }

    /// <summary>On cables go whole Ethernet frames, over loopback what UDP carries.</summary>
    private string Carry => cables is null ? Probes.Payloads : Probes.Frames;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private (string Pre, string Post) NextCaptures()
    {
        var captures = Directory.CreateDirectory(Path.Combine(folder, "captures")).FullName;
        var suffix = ++_recordings == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{_recordings}");
        return (Path.Combine(captures, $"pre{suffix}.pcap"), Path.Combine(captures, $"post{suffix}.pcap"));
    }

    private static IEnumerable<string> Remarks(long intended, WireMessage sent, long drops)
    {
        if (sent.Number("sent") < intended)
            yield return string.Create(CultureInfo.InvariantCulture, $"The kernel took only {sent["sent"]} of the generator's {intended} packets.");

        if (sent.Number("late") > intended * LateLimit)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The load generator fell behind: {sent["late"]} of {intended} packets left late, at worst by {sent.Number("worst") / 1e6:0.###} ms, so they came in bursts. Lower the rate, or give it a processor.");

        if (drops > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The timestamper's sockets dropped {drops} packets, so losses and missing packets are not the node's alone. Lower the rate, or raise net.core.rmem_max.");
    }
}

/// <summary>UDP ports on loopback that carry Ethernet frames to and from a device under test.</summary>
/// <param name="Splitter">On the broadcast address of loopback: before the device, where the timestamper listens, too.</param>
/// <param name="Behind">Where the device sends what it forwards.</param>
internal sealed record Cables(int Splitter, int Behind);
