using Campaign.Importing;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>Where imported results came from, and what is wrong with them as published.</summary>
internal static class ImportFindings
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var published = evidence.Trials.Where(t => Fact(t.Trial.Trial, ImportFacts.Set).Length > 0).ToArray();
        foreach (var imported in (evidence.Sweep.Sides.IsEmpty ? [evidence.Sweep] : evidence.Sweep.Sides).Select(s => s.Imported).OfType<ImportRecord>().DistinctBy(i => i.Source))
        {
            yield return new Finding(
                FindingKind.Caution, $"{(evidence.Sweep.Sides.IsEmpty ? $"{published.Length} {imported.Format}" : imported.Format)} were imported from {imported.Source}: measured by others, and not attested.", Evidence.Methods);
        }

        var defective = published.Select(t => (Trial: t, Defect: Fact(t.Trial.Trial, ImportFacts.Defect))).Where(t => t.Defect.Length > 0).ToArray();
        var excluded = defective.Count(d => !d.Trial.Trial.Counts);
        if (defective.Length > 0)
        {
            var kinds = defective.GroupBy(d => d.Defect).OrderByDescending(g => g.Count()).Select(g => $"{g.Count()} {g.Key}");
            yield return new Finding(
                FindingKind.Problem,
                $"{defective.Length} of {published.Length} published result sets are defective: {excluded} are excluded whole{(defective.Length > excluded ? $", {defective.Length - excluded} without what the file in question says" : "")} ({string.Join("; ", kinds)}).",
                Evidence.Failures);
        }

        var unmatched = evidence.Counted.Count(t => !t.Trial.Compares);
        if (unmatched > 0)
        {
            yield return new Finding(
                FindingKind.Caution, $"{Plural.Of(unmatched, "trial")} count but are left out of every comparison: more than 1 % of the packets behind the device have no latency, so their percentiles are those of the others.", Evidence.Failures);
        }
    }

    private static string Fact(StoredTrial trial, string name) => trial.Result.Facts.FirstOrDefault(f => f.Name == name)?.Value ?? "";
}
