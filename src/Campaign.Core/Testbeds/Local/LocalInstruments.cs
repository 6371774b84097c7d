using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Testbeds.Wire;

namespace Campaign.Testbeds.Local;

/// <summary>Load generator and timestamper of one trial.</summary>
internal sealed class LocalInstruments(string program, string folder) : IAsyncDisposable
{
    /// <summary>A recording ends when no packet came for so long, in nanoseconds.</summary>
    private const long Drain = 200_000_000;

    private readonly WireChild _timestamper = WireChild.Start(program, "timestamper");
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
            new WireMessage("prepare", ("port", splitter), ("size", traffic.Size), ("rate", traffic.Rate), ("count", intended), ("flows", traffic.Flows)),
            "prepared", cancellationToken);
        await _timestamper.AskAsync(
            new WireMessage("record", ("pre", pre), ("post", post), ("ports", prepared["ports"]), ("size", traffic.Size)), "recording", cancellationToken);
        var sent = await _generator.AskAsync(new WireMessage("go"), "sent", cancellationToken);
        var recorded = await _timestamper.AskAsync(new WireMessage("stop", ("sent", sent["sent"]), ("drain", Drain)), "recorded", cancellationToken);
        var drops = recorded.Number("drops");
        return new TrafficOutcome(
            pre, post, intended, sent.Number("sent"), sent.Number("late"), sent.Number("worst"), drops,
            [.. Remarks(intended, sent.Number("sent"), drops)]);
    }

    public async ValueTask DisposeAsync()
    {
        _timestamper.Release();
        await _generator.DisposeAsync();
        await _timestamper.DisposeAsync();
    }

    private (string Pre, string Post) NextCaptures()
    {
        var captures = Directory.CreateDirectory(Path.Combine(folder, "captures")).FullName;
        var suffix = ++_recordings == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $"-{_recordings}");
        return (Path.Combine(captures, $"pre{suffix}.pcap"), Path.Combine(captures, $"post{suffix}.pcap"));
    }

    private static IEnumerable<string> Remarks(long intended, long sent, long drops)
    {
        if (sent < intended)
            yield return string.Create(CultureInfo.InvariantCulture, $"The kernel took only {sent} of the generator's {intended} packets.");

        if (drops > 0)
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"The timestamper's sockets dropped {drops} packets, so losses and missing packets are not the node's alone. Lower the rate, or raise net.core.rmem_max.");
    }
}
