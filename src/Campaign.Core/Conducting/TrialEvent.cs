using Campaign.Rendering;

namespace Campaign.Conducting;

/// <summary>What happens while trials run, as it happens. Match on the concrete type.</summary>
/// <param name="At">Wall-clock time.</param>
internal abstract record TrialEvent(DateTimeOffset At)
{
    /// <summary>The hosts are being brought to a boot state.</summary>
    public sealed record Booting(DateTimeOffset At, string BootState) : TrialEvent(At);

    /// <summary>The hosts are in the boot state, or back at a moment when they had been set up.</summary>
    public sealed record Booted(DateTimeOffset At, string BootState, bool WasNeeded, TimeSpan Took, bool FromSnapshot = false) : TrialEvent(At);

    /// <summary>A trial begins.</summary>
    public sealed record Started(DateTimeOffset At, RenderedTrial Trial) : TrialEvent(At);

    /// <summary>A step of a trial begins.</summary>
    public sealed record StepStarted(DateTimeOffset At, RenderedTrial Trial, string Step) : TrialEvent(At);

    /// <summary>The campaign said something.</summary>
    public sealed record Logged(DateTimeOffset At, RenderedTrial Trial, string Text) : TrialEvent(At);

    /// <summary>A trial has ended, well or not.</summary>
    public sealed record Finished(DateTimeOffset At, RenderedTrial Trial, TrialResult Result) : TrialEvent(At);

    /// <summary>A stop signal ended the sweep; the trial in flight, if any, does not count.</summary>
    public sealed record Stopped(DateTimeOffset At, RenderedTrial? Trial) : TrialEvent(At);
}
