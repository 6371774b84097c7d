using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Topology;
using Campaign.Units;

namespace Campaign.Testbeds.Dry;

/// <summary>One trial that is only said.</summary>
internal sealed class DrySession(HostNames hosts, Action<string> print) : ITrialSession
{
    private static readonly CommandOutcome Nothing = new(0, "", "", TimeSpan.Zero);

    private long _handles;

    public Task<CommandOutcome> RunAsync(string host, string command, CancellationToken cancellationToken) =>
        Say(Nothing, $"{hosts.Resolve(host)}: run {command}");

    public Task<long> SpawnAsync(string host, string command, CancellationToken cancellationToken) =>
        Say(++_handles, $"{hosts.Resolve(host)}: start in the background {command}");

    public Task<CommandOutcome> StopAsync(long handle, CancellationToken cancellationToken) =>
        Say(Nothing, string.Create(CultureInfo.InvariantCulture, $"stop background process {handle}"));

    public Task WriteAsync(string host, string path, ReadOnlyMemory<byte> content, CancellationToken cancellationToken) =>
        Say(true, string.Create(CultureInfo.InvariantCulture, $"{hosts.Resolve(host)}: write {path}, {content.Length} bytes"));

    public Task<byte[]> ReadAsync(string host, string path, CancellationToken cancellationToken) =>
        Say(Array.Empty<byte>(), $"{hosts.Resolve(host)}: read {path}");

    public Task<ImmutableArray<Fact>> FactsAsync(string host, Blueprint blueprint, CancellationToken cancellationToken) =>
        Say(ImmutableArray<Fact>.Empty, $"{hosts.Resolve(host)}: read facts");

    public Task ForwardAsync(string host, ForwardOptions options, Blueprint blueprint, CancellationToken cancellationToken) => Say(true,
        $"{hosts.Resolve(host)}: start the forwarder{(options.Kind is { } kind ? $" {kind}" : "")} of {blueprint.Node}, "
        + (options.Isolation ? $"isolated on CPU {CpuList.Format(blueprint.PacketCpus)}" : "on any CPU")
        + options.Realtime switch { RealtimeWish.Yes => ", at real-time priority", RealtimeWish.Try => ", at real-time priority if allowed", _ => "" });

    public Task DisturbAsync(string host, DisturbOptions options, Blueprint blueprint, CancellationToken cancellationToken) => Say(true,
        $"{hosts.Resolve(host)}: disturb with {Count(options.Neighbours, "busy neighbour")}{(options.Recorder is { } place ? $" and the interrupt recorder on the {place}" : "")}");

    public Task<ImmutableArray<Fact>> ObserveAsync(Blueprint blueprint, CancellationToken cancellationToken) =>
        Say(ImmutableArray<Fact>.Empty, "read back the state of the testbed");

    public Task<TrafficOutcome> TrafficAsync(TrafficOptions options, Blueprint blueprint, CancellationToken cancellationToken) => Say(
        new TrafficOutcome("", "", (long)Math.Round(options.Rate * options.Duration.TotalSeconds), 0, 0, 0, 0, []),
        string.Create(CultureInfo.InvariantCulture, $"send {new PacketRate(options.Rate)} of {options.Size} bytes in {Count(options.Flows, "flow")} for ")
        + $"{HumanDuration.Format(options.Duration)}, and capture them before and behind the node");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static string Count(int number, string noun) =>
        string.Create(CultureInfo.InvariantCulture, $"{number} {noun}{(number == 1 ? "" : "s")}");

    private Task<T> Say<T>(T answer, string line)
    {
        print($"  {line}");
        return Task.FromResult(answer);
    }
}
