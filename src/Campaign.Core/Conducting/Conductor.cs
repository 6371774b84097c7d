using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Testbeds;
using Campaign.Topology;
using Campaign.Units;

namespace Campaign.Conducting;

/// <summary>What a conductor needs beside the trials.</summary>
internal sealed record ConductorSetup(CampaignDefinition Definition, Blueprint Blueprint, ITestbed Testbed, long Seed, TimeProvider Time)
{
    /// <summary>Seed for everything random within a trial; the same in every shard.</summary>
    public long SeedOf(RenderedTrial trial) =>
        Convert.ToInt64(Digest.Of(FormattableString.Invariant($"{Seed}/{trial.Trial.Id}")).Hex[..15], 16);
}

/// <summary>Runs trials one after the other: boots where the boot state changes, then conducts each trial.</summary>
internal sealed class Conductor(ConductorSetup setup)
{
    private const int BootFailuresInARow = 3;

    private readonly SetupMoments _moments = new();

    /// <summary>
    /// Runs the trials in the given order.
    /// </summary>
    /// <param name="trials">Rendered trials.</param>
    /// <param name="folderOf">Where each trial's files go.</param>
    /// <param name="emit">Told of everything as it happens; nothing goes on before it has returned.</param>
    /// <param name="stop">How a person stops the sweep.</param>
    /// <exception cref="TestbedException">The testbed could not be booted several times in a row.</exception>
    public async Task RunAsync(
        IEnumerable<RenderedTrial> trials, Func<RenderedTrial, string> folderOf, Func<TrialEvent, ValueTask> emit, StopSignals stop)
    {
        var failures = 0;
        foreach (var trial in trials)
        {
            if (stop.AfterStep.IsCancellationRequested)
            {
                await emit(new TrialEvent.Stopped(setup.Time.GetUtcNow(), null));
                return;
            }

            var folder = new TrialFolder(folderOf(trial));
            var result = await RunAsync(trial, folder, emit, stop);
            if (result is null)
            {
                await emit(new TrialEvent.Stopped(setup.Time.GetUtcNow(), trial));
                return;
            }

            await emit(new TrialEvent.Finished(setup.Time.GetUtcNow(), trial, result));
            failures = result.FailedStep == "boot" ? failures + 1 : 0;
            if (failures == BootFailuresInARow)
            {
                throw new TestbedException($"{failures} boots failed in a row, the last with: {result.Reasons[0]}");
            }
        }
    }

    private async Task<TrialResult?> RunAsync(
        RenderedTrial trial, TrialFolder folder, Func<TrialEvent, ValueTask> emit, StopSignals stop)
    {
        await emit(new TrialEvent.Started(setup.Time.GetUtcNow(), trial));
        var started = setup.Time.GetUtcNow();
        try
        {
            var moment = _moments.Find(trial);
            var boot = await BootAsync(trial, moment, emit, stop);
            return await new TrialConductor(setup, trial, boot, _moments, moment, folder, emit, stop).RunAsync();
        }
        catch (TestbedException e)
        {
            return TrialResult.OfFailedBoot(trial.Trial.Id, started, setup.Time.GetUtcNow() - started, e.Message);
        }
        catch (OperationCanceledException) when (stop.Now.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<BootOutcome> BootAsync(RenderedTrial trial, SetupMoment? moment, Func<TrialEvent, ValueTask> emit, StopSignals stop)
    {
        await emit(new TrialEvent.Booting(setup.Time.GetUtcNow(), trial.Boot.Id));
        using var timer = new CancellationTokenSource(setup.Definition.Limits.Boot, setup.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop.Now);
        try
        {
            var boot = moment is null
                ? await setup.Testbed.BootAsync(trial.Boot, setup.Definition.Freshness == TrialFreshness.None ? BootNeed.State : BootNeed.FreshBoot, linked.Token)
                : await setup.Testbed.Snapshots!.RestoreAsync(moment.Name, linked.Token);
            await emit(new TrialEvent.Booted(setup.Time.GetUtcNow(), trial.Boot.Id, boot.Booted, boot.Took, moment is not null));
            return boot;
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !stop.Now.IsCancellationRequested)
        {
            throw new TestbedException(
                FormattableString.Invariant($"The boot took longer than its limit of {setup.Definition.Limits.Boot.TotalMinutes:0} min."));
        }
    }
}
