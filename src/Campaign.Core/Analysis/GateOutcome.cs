using Campaign.Analysis.Statistics;

namespace Campaign.Analysis;

/// <summary>What became of one line of a gate.</summary>
/// <param name="Rule">As written.</param>
/// <param name="Verdict">The worst over all cells.</param>
/// <param name="Why">A sentence with the numbers of the cell or comparison that decided.</param>
/// <param name="Axis">That was compared; empty when cells were judged by themselves.</param>
internal sealed record GateOutcome(string Rule, Verdict Verdict, string Why, string Axis = "")
{
    /// <summary><c>pass</c>, <c>fail</c> or <c>inconclusive</c>.</summary>
    public string Word => Verdict.ToString().ToLowerInvariant();
}
