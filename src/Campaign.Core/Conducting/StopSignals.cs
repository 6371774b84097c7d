namespace Campaign.Conducting;

/// <summary>
/// How a person stops a sweep. First signal: finish the current step, tear down, save. Second signal: stop now; the
/// teardown still runs, but briefly.
/// </summary>
/// <param name="AfterStep">Cancelled by the first signal.</param>
/// <param name="Now">Cancelled by the second signal.</param>
internal sealed record StopSignals(CancellationToken AfterStep, CancellationToken Now)
{
    public static readonly StopSignals Never = new(CancellationToken.None, CancellationToken.None);
}
