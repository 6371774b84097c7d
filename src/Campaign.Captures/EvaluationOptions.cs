using Campaign.Captures.Pcap;

namespace Campaign.Captures;

/// <summary>How a pair of captures is evaluated.</summary>
public sealed record EvaluationOptions
{
    /// <summary>What makes two records the same packet.</summary>
    public PacketIdentity Identity { get; init; } = PacketIdentity.Automatic;

    /// <summary>Where the identity stands; for <see cref="PacketIdentity.Bytes"/>.</summary>
    public ByteRange? Bytes { get; init; }

    /// <summary>Leave out what arrives in the first nanoseconds after the first packet behind the device (HVNet's <c>trim_ms</c>).</summary>
    public long TrimNanoseconds { get; init; }

    /// <summary>How many of the largest latencies keep their timestamps.</summary>
    public int Worst { get; init; } = 5000;

    /// <summary>The largest latency that still counts as a match, in nanoseconds; HVNet uses 5 s.</summary>
    public long Window { get; init; } = 5_000_000_000;

    /// <summary>The form of both files, when it is known better than by their first bytes.</summary>
    public CaptureForm Form { get; init; }

    /// <summary>Bytes for packets that wait for their partners; past it they go to temporary files. Pairs whose ids ascend need none of it.</summary>
    public long MemoryBudget { get; init; } = 256L << 20;

    /// <summary>Where temporary files go; null is the system's folder for them. They take about 100 bytes a packet.</summary>
    public string? SpillFolder { get; init; }

    /// <summary>How many threads may work at once; the answers do not depend on it.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>
    /// Refuse captures with any <see cref="CaptureProblem"/>, all of them in one <see cref="CaptureException"/>. When false, what leaves the
    /// rest usable (a cut end, a zero tail) is told in <see cref="LatencyEvaluation.Problems"/> beside numbers of the rest.
    /// </summary>
    public bool Strict { get; init; } = true;

    /// <summary>The captures are still being written: a record that is not whole at the end is not there yet, which is no problem.</summary>
    public bool Growing { get; init; }

    /// <summary>What <see cref="WithIdentity"/> takes, for messages and help.</summary>
    public const string Identities = "automatic, hvnet, moonsniff, flows, or bytes such as payload:0+8 or frame:30+4&ffffff0f";

    /// <summary>The same with an identity given as text.</summary>
    /// <param name="text">A name in lower case, or a <see cref="ByteRange"/>.</param>
    /// <returns>null when the text is neither.</returns>
    public EvaluationOptions? WithIdentity(string text) => text switch
    {
        "automatic" => this with { Identity = PacketIdentity.Automatic, Bytes = null },
        "hvnet" => this with { Identity = PacketIdentity.Hvnet, Bytes = null },
        "moonsniff" => this with { Identity = PacketIdentity.Moonsniff, Bytes = null },
        "flows" => this with { Identity = PacketIdentity.Flows, Bytes = null },
        _ => ByteRange.TryParse(text, out var range) ? this with { Identity = PacketIdentity.Bytes, Bytes = range } : null,
    };
}

/// <summary>What makes two records the same packet.</summary>
public enum PacketIdentity
{
    /// <summary>MoonSniff where the first packets of both captures carry its marker and different ids, otherwise HVNet.</summary>
    Automatic,

    /// <summary>The first 64 captured bytes without MAC addresses and checksums, as HVNet's evaluation takes them.</summary>
    Hvnet,

    /// <summary>The 32-bit little-endian id at the start of the payload, behind it the marker 0x55.</summary>
    Moonsniff,

    /// <summary>The same id with both ports: flows that each count from 0.</summary>
    Flows,

    /// <summary>What <see cref="EvaluationOptions.Bytes"/> says.</summary>
    Bytes,
}
