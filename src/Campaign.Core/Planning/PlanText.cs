using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Definition;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>A plan for people, as plain text: what <c>plan</c> prints.</summary>
internal static class PlanText
{
    private const int MostStates = 12;
    private const int MostBlocks = 6;
    private const int StatesPerBlock = 8;
    private const int MostValues = 16;
    private const int MostCounts = 8;

    /// <param name="plan">The plan.</param>
    /// <param name="selected">Trials that are listed; null: all. The rest speaks of the whole plan.</param>
    /// <param name="width">Characters per line; only words that are longer go beyond.</param>
    /// <param name="trials">How many trials are listed; of more, the first and the last ones are.</param>
    /// <returns>Sections with a heading each, lines ended by a line feed.</returns>
    public static string Write(Plan plan, ImmutableArray<PlannedTrial>? selected = null, int width = 100, int trials = 40)
    {
        var text = new StringBuilder();
        text.Append(Text($"Plan of {plan.Campaign} on {plan.Testbed}\n"));
        TextColumns.Write(text, [[Summary(plan)]], width);
        Axes(text, plan, width);
        Excluded(text, plan, width);
        Boots(text, plan, width);
        Order(text, plan, width);
        Time(text, plan, width);
        PlanTrialTable.Write(text, plan, selected ?? plan.Trials, width, trials);
        Warnings(text, plan, width);
        return text.ToString();
    }

    private static string Summary(Plan plan)
    {
        var boots = plan.Boots == 0 ? "no boots" : Count(plan.Boots, "boot");
        var repeats = plan.Trials.Length / plan.Cells.Length;
        return Text($"{Count(plan.Cells.Length, "cell")} × {Count(repeats, "repeat")} = {Count(plan.Trials.Length, "trial")}, {boots}, about {HumanDuration.Format(plan.Estimate.Total)}");
    }

    private static void Axes(StringBuilder text, Plan plan, int width)
    {
        if (plan.Axes.IsEmpty)
        {
            return;
        }

        text.Append("\nAxes\n");
        TextColumns.Write(text, [.. plan.Axes.Select((axis, i) => new[] { axis.Name, Levels(plan, axis, i) })], width);
        foreach (var zip in plan.Zips)
        {
            TextColumns.Write(text, [[Text($"{string.Join(" and ", zip)} are zipped: their effects cannot be told apart.")]], width);
        }
    }

    /// <summary>The levels of an axis, with the cells at each where they are not equally many.</summary>
    private static string Levels(Plan plan, Axis axis, int index)
    {
        var cells = plan.Cells.CountBy(c => c.Values[index]).ToDictionary();
        int[] sizes = [.. axis.Values.Select(v => cells.GetValueOrDefault(v))];
        var uneven = sizes.Min() < sizes.Max();
        var counted = uneven && sizes.Length <= MostCounts;
        var levels = axis.Values.Select(value =>
            value + (value.Canonical == axis.Default?.Canonical ? " (default)" : "") + (counted ? Text($" ({Count(cells.GetValueOrDefault(value), "cell")})") : ""));
        var shown = axis.Values.Length <= MostValues
            ? string.Join(", ", levels)
            : Text($"{string.Join(", ", levels.Take(MostValues - 2))}, … {axis.Values.Length - MostValues + 1} more …, {levels.Last()}");
        var unit = axis.Unit.Length > 0 ? $" {axis.Unit}" : "";
        var spared = cells.GetValueOrDefault(Value.Nil.Instance);
        var range = uneven && !counted ? Text($"; {Number(sizes.Min())} to {Count(sizes.Max(), "cell")} each") : "";
        return shown + unit + range + (spared > 0 ? Text($"; does not apply to {Count(spared, "cell")}") : "");
    }

    private static void Excluded(StringBuilder text, Plan plan, int width)
    {
        var removed = plan.Excluded.Sum(e => e.Count);
        if (removed == 0)
        {
            return;
        }

        text.Append(Text($"\nExcluded: {Number(removed)} of {Count(removed + plan.Cells.Length, "combination")}\n"));
        foreach (var rule in plan.Excluded.Where(e => e.Count > 0))
        {
            var more = rule.Count > 1 ? Text($" and {Number(rule.Count - 1)} more") : "";
            TextColumns.Write(text, [[Number(rule.Count), $"{rule.Reason} [{rule.Where}]"], ["", rule.Examples[0] + more]], width, right: 0);
        }
    }

    private static void Boots(StringBuilder text, Plan plan, int width)
    {
        text.Append("\nBoot states\n");
        var trials = plan.Trials.CountBy(t => t.BootState).ToDictionary();
        OrderedDictionary<string, string> commandLines = new(StringComparer.Ordinal);
        List<string[]> rows = [];
        foreach (var (i, state) in plan.BootStates.Index().Take(MostStates))
        {
            string[] hosts = state.Hosts.IsEmpty ? ["hosts stay as they are"] : [.. state.Hosts.Select(h => Describe(h.Key, h.Value, commandLines))];
            rows.Add([state.Id, Count(trials[i], "trial"), hosts[0]]);
            rows.AddRange(hosts.Skip(1).Select(h => new[] { "", "", h }));
        }

        TextColumns.Write(text, rows, width, right: 1);
        More(text, plan.BootStates.Length - MostStates, "boot state");
        TextColumns.Write(text, [.. commandLines.Select(l => new[] { l.Value, l.Key.Length > 0 ? l.Key : "(empty)" })], width);
    }

    /// <summary>Command lines are long and few, so that they get a name here and are written out once, below.</summary>
    private static string Describe(string host, BootRequest request, OrderedDictionary<string, string> commandLines)
    {
        if (request.CommandLine is { } line)
        {
            commandLines.TryAdd(line, Text($"command line {commandLines.Count + 1}"));
        }

        string?[] parts =
        [
            request.Os is { } os ? $"os {os}" : null,
            request.Kernel is { } kernel ? $"kernel {kernel}" : null,
            request.CommandLine is { } named ? commandLines[named] : null,
        ];
        return $"{host}: {string.Join(", ", parts.Where(p => p is not null))}";
    }

    private static void Order(StringBuilder text, Plan plan, int width)
    {
        text.Append("\nOrder\n");
        var design = plan.Order switch
        {
            TrialOrder.Blocked when plan.Blocks == 1 => "blocked: one block, cells of a boot state together",
            TrialOrder.Blocked => Text($"blocked: every cell once in each of {Count(plan.Blocks, "block")}, cells of a boot state together"),
            TrialOrder.Random => "random: all trials in one random order",
            _ => "as-written: all repeats of a cell together",
        };
        TextColumns.Write(text, [[Text($"{design}; seed {plan.Seed}")]], width);
        if (plan.BootStates.Length < 2)
        {
            return;
        }

        if (plan.Order == TrialOrder.Blocked)
        {
            var blocks = plan.Trials.Select(t => (t.Block, t.BootState)).Distinct().GroupBy(t => t.Block, t => plan.BootStates[t.BootState].Id).Take(MostBlocks);
            TextColumns.Write(text, [.. blocks.Select(b => new[] { Text($"block {b.Key + 1}"), Ids([.. b]) })], width);
            More(text, plan.Blocks - MostBlocks, "block");
        }

        var (random, asWritten) = BootsOfOtherOrders.Count(plan);
        TextColumns.Write(
            text, [[Text($"{Count(plan.Boots, "boot")}; a random order needs about {Number(random)}; the order as written needs {Number(asWritten)}, but cannot tell boot states from drift")]], width);
    }

    private static string Ids(ImmutableArray<string> ids) =>
        string.Join(' ', ids.Take(StatesPerBlock)) + (ids.Length > StatesPerBlock ? Text($" … {Number(ids.Length - StatesPerBlock)} more") : "");

    private static void Time(StringBuilder text, Plan plan, int width)
    {
        var (estimate, trials) = (plan.Estimate, plan.Trials.Length);
        text.Append("\nEstimate\n");
        string[] traffic = ["traffic", HumanDuration.Format(estimate.Traffic), Each(estimate.Traffic, trials, "trial")];
        string[] overhead = ["overhead", HumanDuration.Format(estimate.Overhead), Each(estimate.Overhead, trials, "trial")];
        string[] boots = ["boots", HumanDuration.Format(estimate.Boots), Each(estimate.Boots, plan.Boots, "boot")];
        string[] total = ["total", HumanDuration.Format(estimate.Total), ""];
        TextColumns.Write(text, plan.Boots > 0 ? [traffic, overhead, boots, total] : [traffic, overhead, total], width, right: 1);
    }

    private static string Each(TimeSpan total, int count, string what) =>
        count == 0 || total == TimeSpan.Zero ? "" : $"{Count(count, what)} of {HumanDuration.Format(total / count)}";

    private static void Warnings(StringBuilder text, Plan plan, int width)
    {
        foreach (var (i, warning) in plan.Warnings.Index())
        {
            text.Append(i == 0 ? "\nWarnings\n" : "");
            TextColumns.Write(text, [[Text($"{warning.Where}{(warning.Where is null ? "" : ": ")}{warning.Message} {warning.Hint}")]], width);
        }
    }

    private static void More(StringBuilder text, int count, string what)
    {
        if (count > 0)
        {
            text.Append(Text($"  … {Count(count, $"more {what}")}\n"));
        }
    }

    private static string Count(int count, string what) => $"{Number(count)} {what}{(count == 1 ? "" : "s")}";

    /// <summary>Thousands apart by a thin distance, as SI writes them: <c>300 000</c>.</summary>
    internal static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture).Replace(',', ' ');

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
