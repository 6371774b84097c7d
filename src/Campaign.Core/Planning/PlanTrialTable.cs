using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>
/// The list of trials in a plan's text: one row per trial, one column per axis; where that is too wide, the cell in one column.
/// </summary>
internal static class PlanTrialTable
{
    private const int LastTrials = 3;

    public static void Write(StringBuilder text, Plan plan, ImmutableArray<PlannedTrial> trials, int width, int most)
    {
        var first = trials.Length <= most ? trials.Length : Math.Max(most - LastTrials, 0);
        List<string[]> rows = [.. trials.Take(first).Select(t => Row(plan, t))];
        if (first < trials.Length)
        {
            rows.Add([.. Heading(plan).Select((_, column) => column == 1 ? "…" : "")]);
            rows.AddRange(trials.TakeLast(LastTrials).Select(t => Row(plan, t)));
        }

        rows.Insert(0, Heading(plan));
        if (TextColumns.WidthOf(rows) > width)
        {
            rows = [.. rows.Select(r => new[] { r[0], r[1], r[2], r[3], Joined(plan, r) })];
        }

        var selected = trials.Length < plan.Trials.Length ? $" selected: {PlanText.Number(trials.Length)} of {PlanText.Number(plan.Trials.Length)}" : "";
        var shown = first < trials.Length ? $", the first {PlanText.Number(first)} and the last {LastTrials}" : "";
        text.Append(CultureInfo.InvariantCulture, $"\nTrials{selected}{shown}\n");
        TextColumns.Write(text, rows, width, 0, 2);
    }

    private static string[] Heading(Plan plan) =>
        ["#", "id", "repeat", plan.BootStates.Length > 1 ? "boot state" : "", .. plan.Cells[0].Names, ""];

    private static string[] Row(Plan plan, PlannedTrial trial) =>
        [
            Number(trial.Position + 1),
            trial.Id,
            Number(trial.Repeat),
            plan.BootStates.Length > 1 ? plan.BootStates[trial.BootState].Id : "",
            .. plan.Cells[trial.Cell].Values.Select(v => v is Value.Nil ? "–" : v.ToString()),
            "",
        ];

    /// <summary><c>kernel=rt rate=10000</c>, so that it can wrap between axes.</summary>
    private static string Joined(Plan plan, string[] row)
    {
        var names = plan.Cells[0].Names;
        var values = row[4..^1];
        return row[0] == "#" ? "cell" : string.Join(' ', names.Zip(values).Where(p => p.Second is not ("–" or "")).Select(p => $"{p.First}={p.Second}"));
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
