using System.Collections.Immutable;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Definition;

/// <summary>
/// What a campaign file says, as data. Functions of the file are delegates; those called <em>pure</em> answer alike
/// whenever they are asked alike, and throw a <see cref="CampaignException"/> with the file's line when they fail.
/// </summary>
internal sealed record CampaignDefinition : IDisposable
{
    /// <summary>Path of the campaign file.</summary>
    public required string File { get; init; }

    /// <summary>Short name: letters, digits, <c>-</c> and <c>_</c>; also the name of its results folder.</summary>
    public required string Name { get; init; }

    public required string Title { get; init; }

    /// <summary>The question that the campaign asks, shown in the report; empty when it says none.</summary>
    public string Question { get; init; } = "";

    /// <summary>The testbed that the campaign runs on (already chosen: the flag wins over the file).</summary>
    public required TestbedDefinition Testbed { get; init; }

    /// <summary>Parameters with the values that hold now, in the order of declaration.</summary>
    public required ImmutableArray<Parameter> Parameters { get; init; }

    /// <summary>Axes in the order of declaration.</summary>
    public required ImmutableArray<Axis> Axes { get; init; }

    /// <summary>Names of axes that move together; each axis is in one group at most, all axes of a group have as many values.</summary>
    public ImmutableArray<ImmutableArray<string>> Zips { get; init; } = [];

    /// <summary>Values computed from a cell's axes, in the order of declaration; each sees those before it. Pure.</summary>
    public ImmutableArray<DerivedValue> Derived { get; init; } = [];

    /// <summary>Combinations that are not measured, each with its reason. Pure.</summary>
    public ImmutableArray<Exclusion> Exclusions { get; init; } = [];

    /// <summary>Trials per cell.</summary>
    public int Repeats { get; init; } = 1;

    public TrialOrder Order { get; init; } = TrialOrder.Blocked;

    /// <summary>The profile that was chosen; empty: none.</summary>
    public string Profile { get; init; } = "";

    /// <summary>What lies between two trials on the same boot state.</summary>
    public TrialFreshness Freshness { get; init; } = TrialFreshness.None;

    /// <summary>The seed that the file or the command line gives; null: derived from the campaign's name.</summary>
    public long? Seed { get; init; }

    /// <summary>What must be booted for a cell. Pure. Null when the campaign leaves the testbed as it is.</summary>
    public Func<Cell, ImmutableSortedDictionary<string, BootRequest>>? Boot { get; init; }

    /// <summary>Every file that a trial puts on a host: host, path, content. Pure. Null when there is none.</summary>
    public Func<Cell, ConfigureInput, ImmutableArray<HostFile>>? Configure { get; init; }

    /// <summary>Runs the campaign's steps; each is absent when the file does not give it.</summary>
    public required ICampaignSteps Steps { get; init; }

    /// <summary>Time limits, from <c>campaign { limits = { setup = 600 } }</c>, in seconds there.</summary>
    public StepLimits Limits { get; init; } = new();

    /// <summary>How the captures of every trial are evaluated.</summary>
    public LatencyOptions Latency { get; init; } = new();

    public ReportOptions Report { get; init; } = new();

    /// <summary>Thresholds, parsed; judged by a later stage.</summary>
    public ImmutableArray<GateRule> Gates { get; init; } = [];

    /// <summary>
    /// What the campaign's code does: SHA-256 of the stripped bytecode of the file and of the modules it requires.
    /// Comments, white space and names of locals do not change it.
    /// </summary>
    public required Digest Code { get; init; }

    /// <summary>The campaign file and every module it required, for the snapshot in the results folder.</summary>
    public required ImmutableArray<string> SourceFiles { get; init; }

    /// <summary>The file itself and mistakes that do not stop anything.</summary>
    public ImmutableArray<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Lets the scripting engine go; the delegates must not be used any more.</summary>
    public void Dispose() => Steps.Dispose();
}

/// <summary>A setting of a campaign that the command line may change with <c>--set name=value</c>.</summary>
internal sealed record Parameter(string Name, Value Value, Value Default, string Help);

/// <summary>A swept parameter.</summary>
/// <param name="Name">An identifier.</param>
/// <param name="Values">Its levels in the order of declaration, distinct, at least one; scalars.</param>
/// <param name="Unit">For people; empty when it has none.</param>
/// <param name="Default">The level that older results without this axis were measured at; null: none.</param>
/// <param name="Only">Pure: whether the axis applies to a cell, of which only the axes declared before it are set. Null: always.</param>
/// <param name="Where">Its declaration.</param>
internal sealed record Axis(
    string Name, ImmutableArray<Value> Values, string Unit, Value? Default, Func<Cell, bool>? Only, SourceSpan Where);

/// <summary>A value computed from a cell's axes.</summary>
internal sealed record DerivedValue(string Name, Func<Cell, Value> Compute, SourceSpan Where);

/// <summary>Combinations that are left out.</summary>
internal sealed record Exclusion(Func<Cell, bool> Excludes, string Reason, SourceSpan Where);

/// <summary>In which order trials run.</summary>
internal enum TrialOrder
{
    /// <summary>Every cell once in each block, in random order within it, boot states kept together: robust against drift.</summary>
    Blocked,

    /// <summary>All trials in one random order.</summary>
    Random,

    /// <summary>As the axes are written, all repeats of a cell together.</summary>
    AsWritten,
}

/// <summary>What one host must boot.</summary>
/// <param name="Os">Operating system image; null: as it is.</param>
/// <param name="Kernel">Kernel; null: as it is.</param>
/// <param name="CommandLine">Kernel command line, beyond what the testbed needs; null: as it is.</param>
internal sealed record BootRequest(string? Os, string? Kernel, string? CommandLine);

/// <summary>What <c>configure</c> is told beside the cell.</summary>
/// <param name="Node">The blueprint of the node under test, as a map (<c>node.cores</c>, <c>node.packet_cores</c>, …).</param>
internal sealed record ConfigureInput(Value.Map Node);

/// <summary>A file that a trial puts on a host.</summary>
internal sealed record HostFile(string Host, string Path, string Content);

/// <summary>How captures are evaluated: which packets are the same, what is left out, what is kept.</summary>
internal sealed record LatencyOptions
{
    /// <summary><c>automatic</c>, <c>hvnet</c>, <c>moonsniff</c>, <c>flows</c> or a <see cref="Captures.ByteRange"/>.</summary>
    public string Identity { get; init; } = "automatic";

    /// <summary>Leave out the first nanoseconds.</summary>
    public long TrimNanoseconds { get; init; }

    /// <summary>Largest latencies that keep their timestamps.</summary>
    public int Worst { get; init; } = 5000;

    /// <summary><c>compress</c> (default), <c>keep</c> or <c>delete</c>: what becomes of the captures once they are evaluated.</summary>
    public string Captures { get; init; } = "compress";
}

/// <summary>What the report compares.</summary>
internal sealed record ReportOptions
{
    /// <summary>Axis and level that comparisons are relative to.</summary>
    public ImmutableSortedDictionary<string, Value> Baseline { get; init; } = ImmutableSortedDictionary<string, Value>.Empty;

    /// <summary>Axes to compare, in this order; empty: all with more than one level.</summary>
    public ImmutableArray<string> Compare { get; init; } = [];

    /// <summary>Measured rate may differ from the asked one by this fraction before a trial is flagged.</summary>
    public double RateTolerance { get; init; } = 0.01;
}
