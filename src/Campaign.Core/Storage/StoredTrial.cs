using System.Collections.Immutable;
using Campaign.Captures;
using Campaign.Conducting;

namespace Campaign.Storage;

/// <summary>A finished trial as read from the results folder.</summary>
/// <param name="SweepId">The sweep that it belongs to.</param>
/// <param name="Header">What was planned.</param>
/// <param name="Inputs">SHA-256 of what the result depends on beside the cell.</param>
/// <param name="Result">What it came to. Distribution and worst packets are there too.</param>
/// <param name="Files">Rendered files, relative to the trial's folder.</param>
internal sealed record StoredTrial(
    string SweepId, TrialHeader Header, string Inputs, TrialResult Result, ImmutableArray<string> Files);

/// <summary>What lies beside a trial that was measured, to be read when it is needed: much of it, and slow.</summary>
/// <param name="Latencies">Reads the distribution.</param>
/// <param name="Worst">Reads the worst packets, which takes several times as long.</param>
internal sealed record StoredBlobs(Func<LatencyDistribution> Latencies, Func<ImmutableArray<WorstPacket>> Worst);

/// <summary>A sweep with all of its finished trials.</summary>
/// <param name="Folder">The sweep's folder.</param>
/// <param name="Sweep">What was intended.</param>
/// <param name="Trials">Finished trials in the planned order.</param>
internal sealed record StoredSweep(string Folder, SweepRecord Sweep, ImmutableArray<StoredTrial> Trials);
