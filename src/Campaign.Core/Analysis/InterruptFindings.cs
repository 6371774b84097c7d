namespace Campaign.Analysis;

/// <summary>Interrupts that came when packets waited, in trials during which a recorder ran.</summary>
internal static class InterruptFindings
{
    private const int TrialsAtMost = 4;

    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var recorded = evidence.Counted.Where(t => evidence.Interrupts.ContainsKey(t.Trial.Id) && !t.Trial.LargeStalls.IsEmpty)
            .OrderByDescending(t => t.Trial.LargeStalls.Max(s => s.Longest)).ToArray();
        foreach (var trial in recorded.Take(TrialsAtMost))
        {
            var sentences = StallAttribution.Describe(trial.Trial, evidence.Interrupts[trial.Trial.Id]);
            yield return new Finding(FindingKind.Caution, $"{evidence.NameOf(trial)}: {string.Join(' ', sentences)}", Evidence.Interrupts);
        }
    }
}
