namespace Campaign.Definition;

/// <summary>What lies between two trials on the same boot state: <c>isolation_between_trials</c> of a campaign.</summary>
internal enum TrialFreshness
{
    /// <summary>Nothing but tearing down and setting up again; they share a boot.</summary>
    None,

    /// <summary>The machine is brought back to the moment when its node had been set up; setting up is done once.</summary>
    Snapshot,

    /// <summary>A boot.</summary>
    Boot,
}
