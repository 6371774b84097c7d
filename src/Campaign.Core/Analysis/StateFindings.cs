using Campaign.Conducting;

namespace Campaign.Analysis;

/// <summary>Trials that failed, that do not count, or that count with a remark.</summary>
internal static class StateFindings
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        foreach (var (state, kind, words) in new[]
        {
            (TrialState.Failed, FindingKind.Problem, "failed and counts nowhere"),
            (TrialState.Invalid, FindingKind.Problem, "is invalid: the testbed was not in the asked-for state, so its numbers do not count"),
            (TrialState.Degraded, FindingKind.Caution, "is degraded: it counts, with a remark"),
        })
        {
            var found = evidence.Trials.Where(t => t.Trial.State == state).ToArray();
            if (found.Length > 0)
            {
                yield return new Finding(kind, Sentence(evidence, found, words), Evidence.Failures);
            }
        }
    }

    private static string Sentence(Evidenced evidence, (CellAnalysis Cell, TrialAnalysis Trial)[] found, string words)
    {
        var first = found[0];
        var reason = first.Trial.Trial.Result is { FailedStep: { Length: > 0 } step } ? $"It failed in the step '{step}': " : "";
        var example = $"{reason}{first.Trial.Trial.Result.Reasons.FirstOrDefault("No reason was recorded.")}";
        return found.Length == 1
            ? $"1 trial {words} ({evidence.NameOf(first)}). {example}"
            : $"{found.Length} trials: each {words}. The first of them is {evidence.NameOf(first)}. {example}";
    }
}
