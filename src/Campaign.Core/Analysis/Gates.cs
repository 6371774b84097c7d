using Campaign.Analysis.Statistics;
using Campaign.Diagnostics;

namespace Campaign.Analysis;

/// <summary>What judged gates make of an exit code.</summary>
internal static class Gates
{
    /// <param name="outcomes">May be empty.</param>
    /// <param name="inconclusiveFails">Whether a gate that the data leave open is an error.</param>
    public static ExitCode Code(IReadOnlyCollection<GateOutcome> outcomes, bool inconclusiveFails) =>
        outcomes.Any(o => o.Verdict == Verdict.Fail) ? ExitCode.GateFailed
        : inconclusiveFails && outcomes.Any(o => o.Verdict == Verdict.Inconclusive) ? ExitCode.Inconclusive
        : ExitCode.Success;
}
