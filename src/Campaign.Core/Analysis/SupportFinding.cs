namespace Campaign.Analysis;

/// <summary>Percentiles that the number of packets does not support.</summary>
internal static class SupportFinding
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var counted = evidence.Cells.Where(c => !c.Counted.IsEmpty).ToArray();
        foreach (var measure in Measure.All.Where(m => m.Percentile is not null))
        {
            var without = counted.Count(c => c[measure].Spread is null);
            if (without > 0)
            {
                var packets = counted.Max(c => c.Counted.Max(t => t.Evaluation!.Latencies.Count));
                yield return new Finding(
                    FindingKind.Caution,
                    without == counted.Length
                        ? $"{measure.Name} and beyond are not stated: a trial has at most {Plural.Of(packets, "packet")}, {measure.Name} needs {Plural.Number(measure.Needs)}."
                        : $"{measure.Name} is not stated for {without} of {Plural.Of(counted.Length, "cell")}: it needs {Plural.Number(measure.Needs)} packets in a trial.",
                    Evidence.Methods);
                yield break;
            }
        }
    }
}
