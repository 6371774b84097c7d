namespace Campaign.Definition;

/// <summary>How long each part of a trial may take before it counts as failed.</summary>
internal sealed record StepLimits
{
    public TimeSpan Boot { get; init; } = TimeSpan.FromMinutes(15);

    public TimeSpan Setup { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Without the traffic's own duration, which comes on top.</summary>
    public TimeSpan Measure { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan Teardown { get; init; } = TimeSpan.FromMinutes(5);
}
