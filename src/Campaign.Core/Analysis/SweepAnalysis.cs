using System.Collections.Immutable;

namespace Campaign.Analysis;

/// <summary>What the trials of a sweep say. Descriptive: no statistical test is made.</summary>
/// <param name="Cells">Every planned cell in the order of the axes.</param>
/// <param name="Comparisons">One for each compared axis.</param>
/// <param name="Findings">The few sentences to read first: problems, results, cautions.</param>
internal sealed record SweepAnalysis(
    ImmutableArray<CellAnalysis> Cells, ImmutableArray<AxisComparison> Comparisons, ImmutableArray<Finding> Findings)
{
    /// <summary>Every finished trial, by cell and repeat.</summary>
    public IEnumerable<TrialAnalysis> Trials => Cells.SelectMany(c => c.Trials);
}
