using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Units;

namespace Campaign.Planning;

/// <summary>
/// The digest that names a sweep. It changes with everything that changes what is measured or in which order, and with
/// nothing else: titles, units and help texts do not count.
/// </summary>
internal static class PlanIdentity
{
    public static Digest Of(CampaignDefinition definition, long seed, ImmutableArray<BootState> states, ImmutableArray<PlannedTrial> trials)
    {
        using var digest = new DigestBuilder();
        digest.Add(definition.Name).Add(definition.Testbed.Name).Add(seed).Add((long)definition.Order).Add(definition.Repeats).Add(definition.Code.Hex);
        digest.Add(definition.Parameters.Length);
        foreach (var parameter in definition.Parameters)
        {
            digest.Add(parameter.Name).Add(parameter.Value.Canonical);
        }

        // What lies between trials counts only where it is not the default, so that identities from before there was a choice stay.
        if (definition.Freshness != TrialFreshness.None)
        {
            digest.Add((long)definition.Freshness);
        }

        digest.Add(definition.Axes.Length);
        foreach (var axis in definition.Axes)
        {
            digest.Add(axis.Name).Add(axis.Default?.Canonical).Add(axis.Values.Length);
            foreach (var value in axis.Values)
            {
                digest.Add(value.Canonical);
            }
        }

        foreach (var trial in trials)
        {
            digest.Add(trial.Id).Add(states[trial.BootState].Id);
        }

        return digest.ToDigest();
    }
}
