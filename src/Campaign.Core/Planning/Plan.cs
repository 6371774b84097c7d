using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>
/// Everything that a campaign will measure, in order. The same file, settings and seed give the same plan, byte for byte.
/// </summary>
internal sealed record Plan
{
    /// <summary>The campaign's name.</summary>
    public required string Campaign { get; init; }

    /// <summary>Name of the testbed.</summary>
    public required string Testbed { get; init; }

    /// <summary>The seed of the order and of everything random in a simulation.</summary>
    public required long Seed { get; init; }

    public required TrialOrder Order { get; init; }

    /// <summary>Parameters with the values that hold.</summary>
    public required ImmutableArray<Parameter> Parameters { get; init; }

    public required ImmutableArray<Axis> Axes { get; init; }

    /// <summary>Names of axes that were declared to move together.</summary>
    public ImmutableArray<ImmutableArray<string>> Zips { get; init; } = [];

    /// <summary>Cells that are measured, in the order of the axes (the last axis runs fastest).</summary>
    public required ImmutableArray<Cell> Cells { get; init; }

    /// <summary>Combinations left out, by rule.</summary>
    public required ImmutableArray<ExcludedCells> Excluded { get; init; }

    /// <summary>Boot states in the order of first use.</summary>
    public required ImmutableArray<BootState> BootStates { get; init; }

    /// <summary>Trials in the order of execution.</summary>
    public required ImmutableArray<PlannedTrial> Trials { get; init; }

    public required int Blocks { get; init; }

    /// <summary>How often the testbed will boot: changes of boot state along <see cref="Trials"/>, the first boot included.</summary>
    public required int Boots { get; init; }

    public required PlanEstimate Estimate { get; init; }

    /// <summary>Axes that change together, boot states missing from a block, …</summary>
    public required ImmutableArray<Diagnostic> Warnings { get; init; }

    /// <summary>
    /// Names this sweep: campaign, testbed, parameters, axes, trials and their order, and what the campaign's code does. Shards of
    /// one sweep have the same identity.
    /// </summary>
    public required Digest Identity { get; init; }
}

/// <summary>One repetition of a cell.</summary>
/// <param name="Id">
/// Ten hexadecimal digits from campaign name, axis values (but those at an axis' default) and repeat: the same trial has the
/// same id on every machine and in every shard. Twenty digits where ten agree with those of another trial by chance.
/// </param>
/// <param name="Position">0-based place in the order of execution of the whole sweep.</param>
/// <param name="Cell">Index into <see cref="Plan.Cells"/>.</param>
/// <param name="Repeat">1-based.</param>
/// <param name="Block">0-based.</param>
/// <param name="BootState">Index into <see cref="Plan.BootStates"/>.</param>
internal sealed record PlannedTrial(string Id, int Position, int Cell, int Repeat, int Block, int BootState);

/// <summary>What has to be booted, per host. Trials with an equal boot state share a boot.</summary>
/// <param name="Id">Ten hexadecimal digits of the content; <c>asis</c> when nothing has to be booted.</param>
/// <param name="Hosts">Host or role, and what it boots; empty when nothing has to be booted.</param>
internal sealed record BootState(string Id, ImmutableSortedDictionary<string, BootRequest> Hosts);

/// <summary>What an exclusion removes.</summary>
/// <param name="Reason">As the campaign gives it.</param>
/// <param name="Where">The exclusion.</param>
/// <param name="Count">Combinations that this rule was the first to remove.</param>
/// <param name="Examples">The first few, as <c>kernel=rt,rate=10000</c>.</param>
internal sealed record ExcludedCells(string Reason, SourceSpan Where, int Count, ImmutableArray<string> Examples);

/// <summary>How long a sweep will take, from the testbed's description.</summary>
/// <param name="Traffic">Time in which packets are sent, from the parameter <c>duration</c> where there is one.</param>
/// <param name="Overhead">Set-up, tear-down and evaluation.</param>
/// <param name="Boots">Time in which hosts boot.</param>
internal sealed record PlanEstimate(TimeSpan Traffic, TimeSpan Overhead, TimeSpan Boots)
{
    public TimeSpan Total => Traffic + Overhead + Boots;
}
