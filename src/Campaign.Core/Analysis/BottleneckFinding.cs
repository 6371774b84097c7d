using System.Globalization;
using Campaign.Testbeds;

namespace Campaign.Analysis;

/// <summary>Trials in which the machine beneath an emulated one kept it from its packets: their tails are not the guest's.</summary>
internal static class BottleneckFinding
{
    public static IEnumerable<Finding> Of(Evidenced evidence)
    {
        var counted = evidence.Counted.Select(t => t.Trial).ToArray();
        var bound = counted.Where(WasBottleneck).ToArray();
        if (bound.Length > 0)
        {
            yield return new Finding(
                FindingKind.Caution,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The machine underneath was the bottleneck in {bound.Length} of {Plural.Of(counted.Length, "trial")}: others used it, or the packet CPU's thread waited for a processor. Differences that rest on them are not attributed to the device under test."),
                Evidence.Traffic);
        }
    }

    /// <summary>Whether the trial's facts say so.</summary>
    public static bool WasBottleneck(TrialAnalysis trial) => trial.Trial.Result.Facts.Any(f => f is { Name: NodeFacts.Bottleneck, Value: "true" });
}
