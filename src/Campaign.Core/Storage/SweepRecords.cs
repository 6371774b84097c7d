using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Planning;

namespace Campaign.Storage;

/// <summary>From a definition and its plan to what is stored of a sweep before it runs.</summary>
internal static class SweepRecords
{
    /// <summary>A record without an id yet: the writer chooses it.</summary>
    public static SweepRecord Of(
        CampaignDefinition definition, Plan plan, bool simulated, Provenance provenance, DateTimeOffset started) => new()
        {
            Id = "",
            Campaign = plan.Campaign,
            Title = definition.Title,
            Question = definition.Question,
            Testbed = definition.Testbed.Name,
            TestbedTitle = definition.Testbed.Title,
            Driver = definition.Testbed.Driver,
            Simulated = simulated,
            Profile = definition.Profile,
            Freshness = definition.Freshness.ToString().ToLowerInvariant(),
            Identity = plan.Identity.Hex,
            Seed = plan.Seed,
            Started = started,
            Parameters = [.. plan.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))],
            Axes = [.. plan.Axes.Select(a => new AxisRecord(a.Name, a.Unit, a.Values))],
            Excluded = [.. plan.Excluded.Select(e => new ExclusionRecord(e.Reason, e.Count))],
            Trials = [.. plan.Trials.Select(t => Header(plan, t))],
            Report = definition.Report,
            Gates = [.. definition.Gates.Select(g => g.Text)],
            Provenance = provenance,
        };

    private static TrialHeader Header(Plan plan, PlannedTrial trial)
    {
        var cell = plan.Cells[trial.Cell];
        ImmutableArray<KeyValuePair<string, Value>> values =
            [.. plan.Axes.Select(a => KeyValuePair.Create(a.Name, cell[a.Name])).Where(v => v.Value is not Value.Nil)];
        return new TrialHeader(trial.Id, values, trial.Repeat, trial.Block, plan.BootStates[trial.BootState].Id);
    }
}
