using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>A plan as it is written to <c>plan.json</c> and by <c>plan --json</c>. Times are seconds.</summary>
internal sealed record PlanDocument
{
    /// <summary>Version of this form.</summary>
    public int Format { get; } = 1;

    public required string Campaign { get; init; }

    public required string Testbed { get; init; }

    /// <summary>SHA-256 that names the sweep.</summary>
    public required string Identity { get; init; }

    public required long Seed { get; init; }

    /// <summary><c>blocked</c>, <c>random</c> or <c>as-written</c>.</summary>
    public required string Order { get; init; }

    public required int Blocks { get; init; }

    public required int Boots { get; init; }

    public required EstimatePart Estimate { get; init; }

    /// <summary>Values by name, in the order of declaration.</summary>
    public required OrderedDictionary<string, Value> Parameters { get; init; }

    public required ImmutableArray<AxisPart> Axes { get; init; }

    public required ImmutableArray<ImmutableArray<string>> Zips { get; init; }

    public required ImmutableArray<ExclusionPart> Excluded { get; init; }

    public required ImmutableArray<WarningPart> Warnings { get; init; }

    public required PlanMatrix Matrix { get; init; }

    /// <summary>In the order of first use; trials refer to them by id.</summary>
    public required ImmutableArray<BootState> BootStates { get; init; }

    /// <summary>Values by axis; an axis that does not apply is left out. Trials refer to cells by their place here, from 0.</summary>
    public required IEnumerable<Cell> Cells { get; init; }

    /// <summary>In the order of execution.</summary>
    public required IEnumerable<TrialPart> Trials { get; init; }

    public static PlanDocument Of(Plan plan, ImmutableArray<PlannedTrial> trials) => new()
    {
        Campaign = plan.Campaign,
        Testbed = plan.Testbed,
        Identity = plan.Identity.Hex,
        Seed = plan.Seed,
        Order = OrderName(plan.Order),
        Blocks = plan.Blocks,
        Boots = plan.Boots,
        Estimate = new EstimatePart(
            plan.Estimate.Traffic.TotalSeconds, plan.Estimate.Overhead.TotalSeconds, plan.Estimate.Boots.TotalSeconds, plan.Estimate.Total.TotalSeconds),
        Parameters = new(plan.Parameters.Select(p => KeyValuePair.Create(p.Name, p.Value))),
        Axes = [.. plan.Axes.Select(a => new AxisPart(a.Name, a.Unit, a.Values, a.Default))],
        Zips = plan.Zips,
        Excluded = [.. plan.Excluded.Select(e => new ExclusionPart(e.Reason, e.Count, e.Examples, e.Where))],
        Warnings = [.. plan.Warnings.Select(w => new WarningPart(w.Message, w.Hint, w.Where))],
        Matrix = PlanMatrix.Of(plan),
        BootStates = plan.BootStates,
        Cells = plan.Cells,
        Trials = trials.Select(t => new TrialPart(t.Id, t.Cell, t.Repeat, t.Block, plan.BootStates[t.BootState].Id)),
    };

    /// <summary>As the campaign file and the command line write it.</summary>
    public static string OrderName(TrialOrder order) => order switch
    {
        TrialOrder.Blocked => "blocked",
        TrialOrder.Random => "random",
        _ => "as-written",
    };

    internal sealed record EstimatePart(double Traffic, double Overhead, double Boots, double Total);

    internal sealed record AxisPart(string Name, string Unit, ImmutableArray<Value> Values, Value? Default);

    internal sealed record ExclusionPart(string Reason, int Count, ImmutableArray<string> Examples, SourceSpan Where);

    internal sealed record WarningPart(string Message, string? Hint, SourceSpan? Where);

    /// <param name="Repeat">1-based.</param>
    /// <param name="Block">0-based.</param>
    internal sealed record TrialPart(string Id, int Cell, int Repeat, int Block, string BootState);
}
