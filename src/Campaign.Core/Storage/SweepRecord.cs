using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Campaign.Definition;
using Campaign.Testbeds;

namespace Campaign.Storage;

/// <summary>A sweep as it is stored: what was intended, where, by what.</summary>
internal sealed record SweepRecord
{
    /// <summary>
    /// Names the sweep in its results folder: the first ten digits of the plan's identity, with <c>-2</c>, <c>-3</c>, … when the same
    /// sweep was started afresh.
    /// </summary>
    public required string Id { get; init; }

    public required string Campaign { get; init; }

    public required string Title { get; init; }

    public required string Question { get; init; }

    public required string Testbed { get; init; }

    public required string TestbedTitle { get; init; }

    public required string Driver { get; init; }

    public required bool Simulated { get; init; }

    /// <summary>The profile of the campaign that was chosen; empty: none.</summary>
    public string Profile { get; init; } = "";

    /// <summary>What lay between two trials: <c>none</c>, <c>snapshot</c> or <c>boot</c>.</summary>
    public string Freshness { get; init; } = "none";

    /// <summary>The plan's identity, whole.</summary>
    public required string Identity { get; init; }

    public required long Seed { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Parameters by name, in the order of declaration.</summary>
    public required ImmutableArray<KeyValuePair<string, Value>> Parameters { get; init; }

    public required ImmutableArray<AxisRecord> Axes { get; init; }

    public required ImmutableArray<ExclusionRecord> Excluded { get; init; }

    /// <summary>Trials of the whole sweep in the order of execution, shards included.</summary>
    public required ImmutableArray<TrialHeader> Trials { get; init; }

    public required ReportOptions Report { get; init; }

    /// <summary>Lines of the gate, as written.</summary>
    public required ImmutableArray<string> Gates { get; init; }

    public required Provenance Provenance { get; init; }

    /// <summary>Where the results came from when they were not measured here; null: they were.</summary>
    public ImportRecord? Imported { get; init; }

    /// <summary>The sweeps that are held against each other, where this is such a comparison; otherwise empty. Never stored.</summary>
    [JsonIgnore]
    public ImmutableArray<SweepRecord> Sides { get; init; } = [];

    /// <summary>Where else parts of this sweep were measured, when shards were merged; by time. <see cref="Provenance"/> is of the part that began first.</summary>
    public ImmutableArray<SweepOrigin> Origins { get; init; } = [];
}

/// <summary>Results that others measured and published. Nothing of them is attested.</summary>
/// <param name="Source">The folder that they were read from.</param>
/// <param name="Format">What was read, for people: <c>HVNet result sets</c>.</param>
/// <param name="Limits">What such results do not tell, in sentences.</param>
internal sealed record ImportRecord(string Source, string Format, ImmutableArray<string> Limits);

/// <summary>A part of a sweep that ran elsewhere.</summary>
internal sealed record SweepOrigin(DateTimeOffset Started, Provenance Provenance);

/// <summary>An axis as it was swept.</summary>
internal sealed record AxisRecord(string Name, string Unit, ImmutableArray<Value> Values)
{
    /// <summary>Whether all levels are numbers.</summary>
    [JsonIgnore]
    public bool IsNumeric => Values.All(v => v.AsNumber is not null);
}

/// <summary>A rule that left combinations out.</summary>
internal sealed record ExclusionRecord(string Reason, int Count);

/// <summary>A planned trial as stored with its sweep.</summary>
/// <param name="Cell">Names and values in the order of the axes; those that do not apply are left out.</param>
internal sealed record TrialHeader(
    string Id, ImmutableArray<KeyValuePair<string, Value>> Cell, int Repeat, int Block, string BootState);

/// <summary>How a sweep was made.</summary>
/// <param name="Version">Version and git commit of the program.</param>
/// <param name="GitCommit">Commit of the folder that holds the campaign; empty outside git.</param>
/// <param name="GitDirty">Whether that folder had uncommitted changes.</param>
/// <param name="CommandLine">As typed.</param>
/// <param name="CampaignFile">Path of the campaign file.</param>
/// <param name="CodeDigest">Of the campaign's code.</param>
/// <param name="Facts">Of the testbed's machines.</param>
internal sealed record Provenance(
    string Version, string GitCommit, bool GitDirty, string CommandLine, string CampaignFile, string CodeDigest, ImmutableArray<Fact> Facts);
