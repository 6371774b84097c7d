using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>Turns a campaign into everything that will be measured, in order. Pure: it touches nothing but its arguments.</summary>
internal static class Planner
{
    private const int MostTrials = 2_000_000;

    /// <param name="definition">The campaign; its pure functions are asked once per cell.</param>
    /// <returns>The plan: the same for the same definition, on every machine.</returns>
    /// <exception cref="CampaignException">
    /// The campaign's functions fail, its exclusions leave nothing, it is too large to plan, or it asks for a boot that the testbed
    /// cannot do. All mistakes are reported together.
    /// </exception>
    public static Plan Plan(CampaignDefinition definition)
    {
        var grid = GridBuilder.Build(definition);
        CheckSize(definition, grid);
        var boots = BootStates.Of(definition, grid.Cells);
        var seed = definition.Seed ?? SeedOf(definition.Name);
        var slots = TrialOrdering.Of(definition.Order, boots.OfCell, definition.Repeats, new SeededRandom(seed));
        var (states, trials) = Number(definition, grid, boots, slots);
        var changes = CountBoots(states, trials);

        return new Plan
        {
            Campaign = definition.Name,
            Testbed = definition.Testbed.Name,
            Seed = seed,
            Order = definition.Order,
            Parameters = definition.Parameters,
            Axes = definition.Axes,
            Zips = definition.Zips,
            Cells = grid.Cells,
            Excluded = grid.Excluded,
            BootStates = states,
            Trials = trials,
            Blocks = definition.Order == TrialOrder.Blocked ? definition.Repeats : 1,
            Boots = changes,
            Estimate = PlanEstimates.Of(definition, trials.Length, changes),
            Warnings = DesignAudit.Check(definition, grid, boots),
            Identity = PlanIdentity.Of(definition, seed, states, trials),
        };
    }

    /// <summary>The seed of a campaign that names none: 32 bits of SHA-256 of its name, short enough to be typed.</summary>
    private static long SeedOf(string name) => Convert.ToInt64(Digest.Of(name).Hex[..8], 16);

    private static void CheckSize(CampaignDefinition definition, CellGrid grid)
    {
        var trials = (long)grid.Cells.Length * definition.Repeats;
        if (trials > MostTrials)
        {
            throw new CampaignException([new Diagnostic(
                DiagnosticSeverity.Error,
                new SourceSpan(definition.File),
                FormattableString.Invariant($"{grid.Cells.Length} cells with {definition.Repeats} repeats are {trials} trials; at most {MostTrials} are planned."),
                "Use fewer repeats or fewer values, or split the campaign.")]);
        }
    }

    /// <summary>Gives trials their ids and places, and boot states the order in which they are used first.</summary>
    private static (ImmutableArray<BootState> States, ImmutableArray<PlannedTrial> Trials) Number(
        CampaignDefinition definition, CellGrid grid, BootStates boots, TrialSlot[] slots)
    {
        var ids = TrialIds.Of(definition, grid);
        var trials = new PlannedTrial[slots.Length];
        var states = ImmutableArray.CreateBuilder<BootState>(boots.States.Length);
        var newIndex = new int?[boots.States.Length];
        for (var i = 0; i < slots.Length; i++)
        {
            var (cell, repeat, block) = slots[i];
            var state = boots.OfCell[cell];
            if (newIndex[state] is null)
            {
                newIndex[state] = states.Count;
                states.Add(boots.States[state]);
            }

            trials[i] = new PlannedTrial(ids[(cell * definition.Repeats) + repeat], i, cell, repeat + 1, block, newIndex[state]!.Value);
        }

        return (states.ToImmutable(), ImmutableCollectionsMarshal.AsImmutableArray(trials));
    }

    /// <summary>Leaving the hosts as they are is no boot.</summary>
    private static int CountBoots(ImmutableArray<BootState> states, ImmutableArray<PlannedTrial> trials)
    {
        var (boots, running) = (0, -1);
        foreach (var trial in trials)
        {
            if (trial.BootState != running && !states[trial.BootState].Hosts.IsEmpty)
            {
                running = trial.BootState;
                boots++;
            }
        }

        return boots;
    }
}
