using Campaign.Analysis;
using Campaign.Conducting;

namespace Campaign.Reporting.Html;

/// <summary>States in words; colour only repeats them.</summary>
internal static class StateWords
{
    public static string Of(TrialState state) => state.ToString().ToLowerInvariant();

    /// <summary><c>3 ok</c>; <c>1 ok, 1 degraded, 1 failed, 1 missing</c>, each state that needs care marked.</summary>
    public static IEnumerable<Markup> Of(params IReadOnlyCollection<CellAnalysis> cells)
    {
        var parts = Enum.GetValues<TrialState>().Select(s => (Count: cells.Sum(c => c.CountOf(s)), Name: Of(s)))
            .Append((Count: cells.Sum(c => c.Missing), Name: "missing")).Where(p => p.Count > 0).ToArray();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
            {
                yield return ", ";
            }

            yield return new Tag("span", ("class", "is-" + parts[i].Name)) { $"{parts[i].Count} {parts[i].Name}" };
        }
    }
}
