using Campaign.Definition;

namespace Campaign.Planning;

/// <summary>How long a plan will take, by the testbed's description.</summary>
internal static class PlanEstimates
{
    private const double MostSeconds = 1e10;

    /// <summary>The parameter <c>duration</c>, in seconds, is the traffic of a trial; without it, traffic counts nothing.</summary>
    public static PlanEstimate Of(CampaignDefinition definition, int trials, int boots)
    {
        var duration = definition.Parameters.FirstOrDefault(p => p.Name == "duration")?.Value switch
        {
            Value.Integer { Content: var seconds } => seconds,
            Value.Number { Content: var seconds } => seconds,
            _ => 0.0,
        };
        return new PlanEstimate(
            Traffic: Seconds(duration * trials),
            Overhead: Seconds(definition.Testbed.TrialOverhead.TotalSeconds * trials),
            Boots: Seconds(definition.Testbed.BootTime.TotalSeconds * boots));
    }

    private static TimeSpan Seconds(double seconds) =>
        TimeSpan.FromSeconds(double.IsNaN(seconds) ? 0 : Math.Clamp(seconds, 0, MostSeconds));
}
