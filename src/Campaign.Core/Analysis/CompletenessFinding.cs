namespace Campaign.Analysis;

/// <summary>How much of what was planned has been measured.</summary>
internal static class CompletenessFinding
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var planned = evidence.Cells.Sum(c => c.Planned);
        var missing = evidence.Cells.Sum(c => c.Missing);
        var counted = evidence.Counted.Count();
        var packets = evidence.Counted.Sum(t => t.Trial.Evaluation!.Matched);
        if (missing > 0)
        {
            var cells = evidence.Cells.Count(c => c.Trials.IsEmpty);
            yield return new Finding(
                FindingKind.Problem,
                $"{missing} of {planned} trials {(missing == 1 ? "is" : "are")} missing: not measured yet, or in another shard{(cells > 0 ? $"; {Plural.Of(cells, "cell")} without any" : "")}.",
                Evidence.Overview);
        }

        var recorded = evidence.Trials.Where(t => t.Trial is { Records: true, Counts: false }).ToArray();
        if (counted > 0 || recorded.Length == 0)
        {
            yield return new Finding(
                counted == 0 ? FindingKind.Problem : FindingKind.Result,
                $"{counted} of {planned} planned trials count, in {Plural.Of(evidence.Cells.Length, "cell")}, with the latencies of {Plural.Of(packets, "packet")}.",
                Evidence.Overview);
        }

        if (recorded.Length > 0)
        {
            var figures = evidence.Cells.SelectMany(c => c.Metrics).Select(m => m.Name).Distinct().Count();
            yield return new Finding(
                FindingKind.Result,
                $"{recorded.Length} of {planned} planned trials, in {Plural.Of(evidence.Cells.Length, "cell")}, have no latencies, but {Plural.Of(figures, "recorded figure")}.",
                Evidence.Recorded);
        }
    }
}
