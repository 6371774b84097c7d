using System.Collections.Immutable;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Storage;

namespace Campaign;

/// <summary>What to run, and where to.</summary>
internal sealed record RunRequest
{
    public required CampaignSource Source { get; init; }

    public required TrialChoice Choice { get; init; }

    /// <summary>Full path of the results folder.</summary>
    public required string Results { get; init; }

    /// <summary>Start a new sweep, although an unfinished one could be continued.</summary>
    public bool Fresh { get; init; }

    /// <summary>Whether a gate that the data leave open is an error.</summary>
    public bool InconclusiveFails { get; init; }

    /// <summary>The sweep to go on with; null: whichever fits.</summary>
    public SweepRecord? Expected { get; init; }

    /// <summary>States in which trials of <see cref="Expected"/> are measured again.</summary>
    public ImmutableHashSet<TrialState> Again { get; init; } = [];

    /// <summary>A sweep that is resumed by name must be the one that its files still describe.</summary>
    /// <exception cref="CampaignException">They describe another one now.</exception>
    public void CheckExpected(Plan plan)
    {
        if (Expected is { } expected && expected.Identity != plan.Identity.Hex)
        {
            throw new CampaignException(
                $"The campaign or its testbed has changed since the sweep {expected.Id} was begun, so its remaining trials would not be comparable.",
                ExitCode.Definition,
                $"Undo the change, or start a new sweep: campaign run {Source.File}");
        }
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Code">By the table of exit codes.</param>
/// <param name="Summary">One or two sentences.</param>
/// <param name="Report">Path of the report; null when nothing was stored.</param>
/// <param name="Interrupted">Whether a stop signal ended it.</param>
/// <param name="Warnings">On the campaign and its plan.</param>
internal sealed record RunOutcome(ExitCode Code, string Summary, string? Report, bool Interrupted, ImmutableArray<Diagnostic> Warnings);
