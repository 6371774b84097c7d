using Campaign.Diagnostics;

namespace Campaign.Definition;

/// <summary>The acting part of a campaign: set up, measure, tear down.</summary>
internal interface ICampaignSteps : IDisposable
{
    /// <summary>Whether the campaign file gives this step.</summary>
    bool Has(CampaignStep step);

    /// <summary>
    /// Runs one step for one cell. Everything that the step wants from the world is asked of <paramref name="effects"/>,
    /// one request after the other, or several at once within <c>parallel</c>. After cancellation the step is told at its next
    /// request; its cleanups still run.
    /// </summary>
    /// <returns>What the step returned; for the set-up the names that it read of its cell, a list.</returns>
    /// <exception cref="StepFailedException">The step ended with an error, its own or that of an effect.</exception>
    Task<Value> RunAsync(CampaignStep step, Cell cell, IEffects effects, CancellationToken cancellationToken);
}

/// <summary>The steps of a trial, in their order.</summary>
internal enum CampaignStep
{
    Setup,
    Measure,
    Teardown,
}

/// <summary>A step ended with an error; the message has no position in it.</summary>
internal sealed class StepFailedException(SourceSpan? where, string message, string? traceback, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>The line of the campaign file that was at work.</summary>
    public SourceSpan? Where { get; } = where;

    public string? Traceback { get; } = traceback;
}

/// <summary>Carries out what a step asks for.</summary>
internal interface IEffects
{
    /// <summary>
    /// Performs one effect and gives its answer back to the step.
    /// </summary>
    /// <exception cref="EffectException">The effect failed; the step sees an error that it may catch.</exception>
    ValueTask<Value> PerformAsync(Effect effect, CancellationToken cancellationToken);
}

/// <summary>An effect failed in the way that its step is to see.</summary>
internal sealed class EffectException(string message, Exception? inner = null) : Exception(message, inner);
