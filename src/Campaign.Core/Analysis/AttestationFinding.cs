namespace Campaign.Analysis;

/// <summary>Trials that count although nothing proves the state of their testbed.</summary>
internal static class AttestationFinding
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var without = evidence.Counted.Count(t => t.Trial.Trial.Result.Attestation.Claims.IsEmpty);
        if (without > 0)
        {
            yield return new Finding(
                FindingKind.Caution, $"Nothing was read back from the testbed in {Plural.Of(without, "trial")}: what was asked for is not proved there.", Evidence.Attestation);
        }
    }
}
