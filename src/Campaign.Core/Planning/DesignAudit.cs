using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Planning;

/// <summary>What the grid and its order cannot tell apart, said before anything is measured.</summary>
internal static class DesignAudit
{
    /// <summary>All warnings of a plan: rules without effect, axes that do not vary, axes that change together, boots without repetition.</summary>
    public static ImmutableArray<Diagnostic> Check(CampaignDefinition definition, CellGrid grid, BootStates boots)
    {
        var warnings = new DiagnosticBag();
        CheckExclusions(definition, grid, warnings);
        CheckLevels(definition, grid, warnings);
        foreach (var group in AliasedAxes.Find(grid).Where(g => !IsZip(definition, g)))
        {
            var names = string.Join(" and ", group.Select(a => definition.Axes[a].Name));
            warnings.Warning(
                definition.Axes[group[^1]].Where,
                FormattableString.Invariant($"{names} change together in all {grid.Cells.Length} cells; their effects cannot be told apart."),
                "Measure more combinations of them, or zip them to say that they belong together.");
        }

        CheckBoots(definition, boots, warnings);
        return warnings.All;
    }

    private static void CheckExclusions(CampaignDefinition definition, CellGrid grid, DiagnosticBag warnings)
    {
        // A profile may have taken away what an exclusion is there for.
        foreach (var rule in grid.Excluded.Where(e => e.Count == 0 && definition.Profile.Length == 0))
        {
            warnings.Warning(
                rule.Where, $"The exclusion '{rule.Reason}' removes nothing that the rules before it leave.", "Take it out, or check its condition.");
        }
    }

    private static void CheckLevels(CampaignDefinition definition, CellGrid grid, DiagnosticBag warnings)
    {
        foreach (var (index, axis) in definition.Axes.Index())
        {
            var used = LevelUse.Count(grid, index, axis.Values.Length);
            var left = used.Count(n => n > 0);
            if (left == 0)
            {
                warnings.Warning(axis.Where, $"Axis '{axis.Name}' applies to no cell.", "Check its condition, or take it out.");
            }
            else if (left == 1 && axis.Values.Length > 1)
            {
                var only = axis.Values[Array.FindIndex(used, n => n > 0)];
                warnings.Warning(
                    axis.Where, $"Axis '{axis.Name}' has only the value {only} left in the cells that are measured; its effect cannot be seen.");
            }
        }
    }

    private static void CheckBoots(CampaignDefinition definition, BootStates boots, DiagnosticBag warnings)
    {
        var where = new SourceSpan(definition.File);
        if (boots.States.Length < 2)
        {
            return;
        }

        if (boots.States.Any(s => s.Hosts.IsEmpty))
        {
            warnings.Warning(
                where, "Some cells boot a state and others leave the hosts as they are; those run on whatever was booted before them.",
                "Let 'boot' name kernel and operating system for every cell.");
        }

        if (definition.Order == TrialOrder.AsWritten)
        {
            warnings.Warning(
                where, "In the order as written, boot states follow one another and are not mixed over time; their effects cannot be told from drift.",
                "Use order 'blocked'.");
        }
        else if (definition.Order == TrialOrder.Blocked && definition.Repeats == 1)
        {
            warnings.Warning(
                where, "With one repeat each boot state is booted once; effects of what is booted cannot be told from the variation between boots.",
                "Use repeats(3) or more.");
        }
    }

    private static bool IsZip(CampaignDefinition definition, ImmutableArray<int> group) =>
        definition.Zips.Any(zip => group.All(a => zip.Contains(definition.Axes[a].Name)));
}
