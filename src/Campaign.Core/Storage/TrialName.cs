using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Storage;

/// <summary>
/// How people name trials of a sweep: by the unambiguous beginning of an id (one trial), or by values (all repeats of the cells that have them):
/// <c>kernel=rt,rate=10000</c>. <c>repeat=2</c> chooses among the repeats.
/// </summary>
internal static class TrialName
{
    private const string Repeat = "repeat";

    /// <summary>The trials that are called so, at least one.</summary>
    /// <param name="planned">Trials of the sweep, measured or not.</param>
    /// <exception cref="CampaignException">None (exit code 7) or several ids (exit code 2) are called so.</exception>
    public static ImmutableArray<TrialHeader> Choose(ImmutableArray<TrialHeader> planned, string name)
    {
        ImmutableArray<TrialHeader> found = name.Contains('=', StringComparison.Ordinal)
            ? [.. planned.Where(t => name.Split(',').All(condition => Holds(t, condition)))]
            : [.. planned.Where(t => t.Id.StartsWith(name, StringComparison.Ordinal))];
        if (found.IsEmpty)
        {
            throw new CampaignException($"No trial is called '{name}'.", ExitCode.Nothing, "campaign show SWEEP lists trials with their ids and values.");
        }

        return found.Length == 1 || name.Contains('=', StringComparison.Ordinal)
            ? found
            : throw new CampaignException(
                $"'{name}' is the beginning of {found.Length} trials: {string.Join(", ", found.Take(5).Select(t => t.Id))}{(found.Length > 5 ? ", …" : "")}.",
                ExitCode.Usage,
                "Write more of the id.");
    }

    private static bool Holds(TrialHeader trial, string condition)
    {
        var (axis, wanted) = condition.Split('=', 2) is [var left, var right] ? (left.Trim(), right.Trim()) : (condition, "");
        var value = trial.Cell.Where(c => c.Key == axis).Select(c => c.Value).FirstOrDefault()
            ?? (axis == Repeat ? Value.Of(trial.Repeat) : Value.Nil.Instance);
        return value.ToString() == wanted || (Number(value.ToString()) is { } number && number == Number(wanted));
    }

    private static double? Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : null;
}
