using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>The verdicts of the gates.</summary>
internal static class GateFindings
{
    public static IEnumerable<Finding> Of(Evidenced evidence) => evidence.Gates.Select(g => new Finding(
        g.Verdict switch { Verdict.Fail => FindingKind.Problem, Verdict.Inconclusive => FindingKind.Caution, _ => FindingKind.Result },
        $"Gate '{g.Rule}': {g.Word}. {g.Why}",
        g.Axis.Length > 0 ? Evidence.Comparison : Evidence.Overview,
        g.Axis));
}
