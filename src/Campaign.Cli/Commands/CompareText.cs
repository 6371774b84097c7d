using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Analysis;
using Campaign.Cli.Terminal;
using Campaign.Reporting;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary>A comparison for people: what it says, the gates, and every matched cell.</summary>
internal static class CompareText
{
    public static string Of(SweepRecord sweep, SweepAnalysis analysis)
    {
        var label = new ValueLabel(sweep.Axes);
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{sweep.Title}\n");
        text.Append(CultureInfo.InvariantCulture, $"{sweep.Question}\n\n");
        foreach (var finding in analysis.Findings.Where(f => f.Kind is FindingKind.Problem or FindingKind.Unknown))
        {
            text.Append(CultureInfo.InvariantCulture, $"{finding.Kind}: {finding.Text}\n");
        }

        foreach (var contrast in analysis.Contrasts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{ContrastFindings.Sentence(label, contrast)}\n");
        }

        foreach (var gate in analysis.Gates)
        {
            text.Append(CultureInfo.InvariantCulture, $"Gate {gate.Word}: {gate.Rule} ({gate.Why})\n");
        }

        var comparison = analysis.Comparisons.FirstOrDefault(c => c.Axis == SideBySide.Axis);
        ImmutableArray<MatchedGroup> groups = comparison?.Groups ?? [];
        var alone = analysis.Cells.Length - groups.Sum(g => g.Cells.Length);
        text.Append(CultureInfo.InvariantCulture, $"\n{Plural.Of(groups.Length, "matched cell")}{(alone == 0 ? "" : $"; {Plural.Of(alone, "cell")} without a counterpart")}. Latency in µs, median of the repeats that count.\n");
        return groups.IsEmpty ? text.ToString() : text.Append(Table(label, comparison!)).ToString();
    }

    private static TextTable Table(ValueLabel label, AxisComparison comparison)
    {
        Measure[] measures = [.. Measure.Compared.Where(m => comparison.Levels.Any(l => !l.Measures[Measure.Compared.IndexOf(m)].Ratios.IsEmpty))];
        var format = new MicrosecondFormat(comparison.Groups.SelectMany(g => g.Cells).SelectMany(c => measures.Select(m => c.Value[m].Spread)).OfType<Spread>().Select(s => s.Median));
        var table = new TextTable(["cell", "side", .. measures.Select(m => m.Name), "loss"]);
        foreach (var group in comparison.Groups)
        {
            foreach (var (level, cell) in group.Cells)
            {
                table.Add([
                    level == comparison.Baseline ? group.Shared.IsEmpty ? "all" : label.Of(group.Shared) : "", label.Of(comparison.Axis, level),
                    .. measures.Select(m => cell[m].Spread is { } s ? format[s.Median] + Ratio(comparison, group, level, m) : "–"), Loss(cell),
                ]);
            }
        }

        return table;
    }

    private static string Ratio(AxisComparison comparison, MatchedGroup group, Definition.Value level, Measure measure) =>
        comparison.Levels.FirstOrDefault(l => l.Level == level)?.Measures[Measure.Compared.IndexOf(measure)].Ratios.FirstOrDefault(r => r.Group == group) is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $" (×{ratio.Ratio:0.00})")
            : "";

    private static string Loss(CellAnalysis cell) => cell.Counted.Select(t => t.Loss).OfType<double>().ToArray() is { Length: > 0 } losses
        ? (losses.Average() * 100).ToString("0.#### '%'", CultureInfo.InvariantCulture)
        : "–";
}
