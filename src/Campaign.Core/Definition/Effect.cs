using System.Collections.Immutable;
using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>
/// Something that a campaign's step asks of the world. The definition stage has already checked the arguments; match on
/// the concrete type.
/// </summary>
/// <param name="Where">The line that asks.</param>
internal abstract record Effect(SourceSpan Where)
{
    /// <summary>
    /// <c>tb.dut:run "…"</c>, <c>:try "…"</c>: a shell command on a host. Answers a map <c>exit, stdout, stderr, seconds</c>;
    /// with <paramref name="Check"/> (that is <c>run</c>) an exit code other than 0 is an error.
    /// </summary>
    public sealed record Run(SourceSpan Where, string Host, string Command, bool Check, TimeSpan Timeout) : Effect(Where);

    /// <summary><c>tb.dut:spawn "…"</c>: a command that runs until the trial ends. Answers a handle (an integer).</summary>
    public sealed record Spawn(SourceSpan Where, string Host, string Command) : Effect(Where);

    /// <summary><c>process:stop()</c> on what <c>spawn</c> answered. Answers the same map as <see cref="Run"/>.</summary>
    public sealed record Stop(SourceSpan Where, long Handle, TimeSpan Timeout) : Effect(Where);

    /// <summary><c>tb.dut:write(path, content)</c></summary>
    public sealed record Write(SourceSpan Where, string Host, string Path, string Content) : Effect(Where);

    /// <summary><c>tb.dut:upload(source, path)</c>; the source lies beside the campaign or in its folders.</summary>
    public sealed record Upload(SourceSpan Where, string Host, string Source, string Path, TimeSpan Timeout) : Effect(Where);

    /// <summary><c>tb.dut:download(path[, name])</c>: into the trial's folder, where it is an artefact.</summary>
    public sealed record Download(SourceSpan Where, string Host, string Path, string Name, TimeSpan Timeout) : Effect(Where);

    /// <summary><c>tb.dut:facts()</c>. Answers a map.</summary>
    public sealed record Facts(SourceSpan Where, string Host) : Effect(Where);

    /// <summary>
    /// <c>tb.dut:forward { … }</c>: starts the node's forwarder. It ends with the trial.
    /// Options: <c>kind</c> (what forwards; the driver's own by default), <c>isolation</c> (pinned to packet CPUs of its own),
    /// <c>realtime</c> (false, true, or <c>"try"</c>: real-time priority where the system allows it); on machines <c>node</c> (<c>"container"</c> or
    /// <c>"metal"</c>) and <c>scripts</c>, which set both up.
    /// </summary>
    public sealed record Forward(SourceSpan Where, string Host, ForwardOptions Options) : Effect(Where);

    /// <summary><c>tb.dut:disturb { neighbours = 1, recorder = "host", interval = 0.1 }</c>: what disturbs the node until the trial ends.</summary>
    public sealed record Disturb(SourceSpan Where, string Host, DisturbOptions Options) : Effect(Where);

    /// <summary><c>traffic { rate =, size =, duration = }</c>: sends packets through the device under test and captures them. Answers a map
    /// <c>captures, sent, rate</c>.</summary>
    public sealed record Traffic(SourceSpan Where, TrafficOptions Options) : Effect(Where);

    /// <summary><c>latency(captures)</c>: evaluates now. Answers a map <c>matched, lost, loss, p50, p99, …, max</c> (nanoseconds).</summary>
    public sealed record Latency(SourceSpan Where, Value Captures, LatencyOptions Options) : Effect(Where);

    /// <summary><c>sleep(seconds)</c></summary>
    public sealed record Sleep(SourceSpan Where, TimeSpan Duration) : Effect(Where);

    /// <summary><c>log(text)</c></summary>
    public sealed record Log(SourceSpan Where, string Text) : Effect(Where);

    /// <summary><c>record(name, value, unit)</c>: a metric of the campaign's own.</summary>
    public sealed record Record(SourceSpan Where, string Name, double Value, string Unit) : Effect(Where);

    /// <summary><c>artefact(path)</c>: keeps a file of the trial's folder as a result.</summary>
    public sealed record Artefact(SourceSpan Where, string Path) : Effect(Where);
}

/// <summary>How the node forwards.</summary>
/// <param name="Kind">What forwards; null: the driver's own.</param>
/// <param name="Isolation">Whether it has packet CPUs of its own.</param>
/// <param name="Realtime">Whether it runs at real-time priority.</param>
internal sealed record ForwardOptions(string? Kind, bool Isolation, RealtimeWish Realtime)
{
    public const string Container = "container";
    public const string Metal = "metal";

    /// <summary>The kernel's bridge: packets move in its interrupts, not in a process.</summary>
    public const string Bridge = "bridge";

    /// <summary>On a machine: <see cref="Container"/> (null, too) or <see cref="Metal"/>.</summary>
    public string? Node { get; init; }

    /// <summary>On a machine: what sets node and forwarder up, in this order; files that <c>configure</c> has put there.</summary>
    public ImmutableArray<string> Scripts { get; init; } = [];
}

/// <summary>Whether a process is to run at real-time priority.</summary>
internal enum RealtimeWish
{
    No,

    /// <summary>Where the system allows it; what was got is recorded.</summary>
    Try,

    /// <summary>Without it the trial does not count.</summary>
    Yes,
}

/// <summary>What disturbs the node.</summary>
/// <param name="Neighbours">Busy processes that share the node's CPUs as far as isolation lets them.</param>
/// <param name="Recorder">Where the interrupt recorder runs, which reads <c>/proc/interrupts</c> all the time: <see cref="Host"/>, <see cref="Node"/>, or null: nowhere.</param>
internal sealed record DisturbOptions(int Neighbours, string? Recorder)
{
    public const string Host = "host";
    public const string Node = "node";

    /// <summary>How often the recorder reads.</summary>
    public TimeSpan RecorderInterval { get; init; } = TimeSpan.FromMilliseconds(100);
}

/// <summary>The traffic of a trial.</summary>
/// <param name="Rate">Packets per second.</param>
/// <param name="Size">Bytes of an Ethernet frame with FCS, as packet sizes are quoted in the field: 64 to 1518.</param>
/// <param name="Duration">How long packets are sent.</param>
/// <param name="Flows">UDP flows that the packets are spread over, in turn.</param>
internal sealed record TrafficOptions(double Rate, int Size, TimeSpan Duration, int Flows);
