using System.Collections.Immutable;
using System.Text;
using Campaign.Attestation;
using Campaign.Captures;
using Campaign.Definition;
using Campaign.Rendering;
using Campaign.Testbeds;

namespace Campaign.Conducting;

/// <summary>
/// One trial from its first file to its last process: configure, set up, attest, measure, attest again, tear down,
/// evaluate. Whatever fails, the teardown runs and the session is closed.
/// </summary>
internal sealed class TrialConductor(
    ConductorSetup setup, RenderedTrial trial, BootOutcome boot, SetupMoments moments, SetupMoment? moment, TrialFolder folder, Func<TrialEvent, ValueTask> emit, StopSignals stop)
{
    private const string Before = "before";
    private const string After = "after";

    private readonly TrialNotes _notes = new(setup.Time);
    private ImmutableArray<Claim> _claims = [];
    private ImmutableArray<Fact> _facts = [];
    private TrialMeasurement? _measurement;
    private LossAccount? _losses;
    private string _step = "open";

    /// <summary>Runs the trial to its end.</summary>
    /// <returns>What it came to; null when a stop signal ended it, so that it does not count.</returns>
    public async Task<TrialResult?> RunAsync()
    {
        _notes.Add(new StepTime("boot", boot.Took));
        try
        {
            await using var session = await setup.Testbed.BeginAsync(Context(), stop.Now);
            var effects = new TrialEffects(
                session, setup.Blueprint, folder, _notes, Path.GetDirectoryName(Path.GetFullPath(setup.Definition.File))!, setup.Time, LogAsync);
            try
            {
                await MeasureAsync(session, effects);
            }
            finally
            {
                await TearDownAsync(effects);
            }
        }
        catch (OperationCanceledException) when (stop.Now.IsCancellationRequested || stop.AfterStep.IsCancellationRequested)
        {
            return null;
        }
        catch (StepFailedException e)
        {
            return Failed($"{(e.Where is { } where ? $"{where}: " : "")}{e.Message}");
        }
        catch (Exception e) when (e is TestbedException or EffectException)
        {
            return Failed(e.Message);
        }

        return Result();
    }

    private async Task MeasureAsync(ITrialSession session, TrialEffects effects)
    {
        if (moment is null)
        {
            await StepAsync("configure", () => ConfigureAsync(session));
            var read = await StepAsync("setup", () => RunStepAsync(CampaignStep.Setup, effects, setup.Definition.Limits.Setup));
            await KeepMomentAsync(effects, read);
        }
        else
        {
            effects.Resume(moment);
        }

        await StepAsync("attest", () => AttestAsync(session, effects, Before));
        var answer = await StepAsync("measure", () => RunStepAsync(CampaignStep.Measure, effects, setup.Definition.Limits.Measure));
        await AttestAsync(session, effects, After);
        if (setup.Testbed.Measures && effects.Of(answer) is { } run)
        {
            _step = "evaluate";
            _measurement = await _notes.TimeAsync("evaluate", () => Task.FromResult(Evaluated(run)));
            _losses = LossAccount.Of(_measurement.Evaluation, _facts);
            _facts = [.. _facts, .. _losses?.Facts() ?? []];
        }
    }

    private async Task KeepMomentAsync(TrialEffects effects, Value read)
    {
        if (setup.Definition.Freshness != TrialFreshness.Snapshot || setup.Testbed.Snapshots is not { } snapshots)
        {
            return;
        }

        var name = moments.NextName();
        await StepAsync("snapshot", async () =>
        {
            await snapshots.SaveAsync(name, stop.Now);
            return true;
        });
        var names = read is Value.List list ? list.Items.Select(i => i.ToString()).Distinct() : [];
        moments.Add(new SetupMoment(
            name, trial.Boot.Id, SetupMoments.FilesOf(trial), names.ToImmutableSortedDictionary(n => n, n => trial.Cell[n], StringComparer.Ordinal),
            effects.Forwarding, effects.Disturbance));
    }

    // Paths are relative to the trial's folder, so that results are the same wherever they were measured.
    private TrialMeasurement Evaluated(TrafficRun run)
    {
        var both = TrialEvaluation.Evaluate(run.Outcome, setup.Definition.Latency, stop.Now);
        TrialEvaluation.WriteLog(both, folder.Inside(TrialFolder.SecondsName), trial.Trial.Id);
        var evaluation = both.All;
        var (pre, post) = (Archive(run.Outcome.Pre), Archive(run.Outcome.Post));
        return new TrialMeasurement(
            evaluation with { Pre = evaluation.Pre with { Path = pre }, Post = evaluation.Post with { Path = post } },
            run.Asked,
            run.Outcome with { Pre = pre, Post = post });
    }

    private string Archive(string capture)
    {
        switch (setup.Definition.Latency.Captures)
        {
            case "compress":
                return Path.GetRelativePath(folder.Path, CaptureArchive.Compress(capture));
            case "delete":
                File.Delete(capture);
                break;
        }

        return Path.GetRelativePath(folder.Path, capture);
    }

    private async Task<T> StepAsync<T>(string step, Func<Task<T>> body)
    {
        stop.AfterStep.ThrowIfCancellationRequested();
        _step = step;
        await emit(new TrialEvent.StepStarted(setup.Time.GetUtcNow(), trial, step));
        return await _notes.TimeAsync(step, body);
    }

    private async Task<bool> ConfigureAsync(ITrialSession session)
    {
        foreach (var file in trial.Files)
        {
            await session.WriteAsync(file.Host, file.Path, Encoding.UTF8.GetBytes(file.Content), stop.Now);
        }

        return true;
    }

    private async Task<Value> RunStepAsync(CampaignStep step, TrialEffects effects, TimeSpan limit)
    {
        using var timer = new CancellationTokenSource(limit, setup.Time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, stop.Now);
        try
        {
            return setup.Definition.Steps.Has(step)
                ? await setup.Definition.Steps.RunAsync(step, trial.Cell, effects, linked.Token)
                : Value.Nil.Instance;
        }
        catch (Exception e) when (stop.Now.IsCancellationRequested && e is StepFailedException)
        {
            throw new OperationCanceledException(stop.Now);
        }
        catch (Exception e) when (timer.IsCancellationRequested && e is StepFailedException or OperationCanceledException)
        {
            throw new StepFailedException(
                (e as StepFailedException)?.Where, FormattableString.Invariant($"The step '{_step}' took longer than its limit of {limit.TotalSeconds:0} s."), null, e);
        }
    }

    private async Task<bool> AttestAsync(ITrialSession session, TrialEffects effects, string when)
    {
        if (!setup.Testbed.Measures)
        {
            return false;
        }

        var observed = await session.ObserveAsync(setup.Blueprint, stop.Now);
        _facts = observed;
        _claims = _claims.AddRange(Attestor.Hold(
            Expectations.Of(
                trial.Boot, boot, effects.Forwarding, effects.Disturbance, setup.Blueprint, setup.Testbed.OwnsTheDut, measured: when == After), observed, when));
        return true;
    }

    /// <summary>Runs under its own limit, whatever was cancelled; what fails here is logged and never hides the root cause.</summary>
    private async Task TearDownAsync(TrialEffects effects)
    {
        if (!setup.Definition.Steps.Has(CampaignStep.Teardown))
        {
            return;
        }

        using var timer = new CancellationTokenSource(
            stop.Now.IsCancellationRequested ? TimeSpan.FromSeconds(10) : setup.Definition.Limits.Teardown, setup.Time);
        try
        {
            await _notes.TimeAsync("teardown", () => setup.Definition.Steps.RunAsync(CampaignStep.Teardown, trial.Cell, effects, timer.Token));
        }
        catch (Exception e) when (e is StepFailedException or OperationCanceledException)
        {
            await LogAsync($"The teardown failed: {e.Message}");
        }
    }

    private async ValueTask LogAsync(string text)
    {
        _notes.AddLog(text);
        await emit(new TrialEvent.Logged(setup.Time.GetUtcNow(), trial, text));
    }

    private TrialContext Context() => new(
        trial.Trial.Id, setup.SeedOf(trial), trial.Cell, trial.Trial.Position, boot.BootId, folder.Path)
    {
        Freshness = setup.Definition.Freshness,
        Running = moment?.Forwarding,
    };

    private TrialResult Result()
    {
        var broken = _claims.Where(c => !c.Holds).ToImmutableArray();
        if (!broken.IsEmpty)
        {
            return Result(TrialState.Invalid, [.. broken.Select(c =>
                $"{c.Subject} was {(c.Observed.Length == 0 ? "not to be read" : $"'{c.Observed}'")} {c.When} the measurement; asked for: '{c.Asked}'.")]);
        }

        ImmutableArray<string> remarks = _measurement is null ? [] :
        [
            .. TrialEvaluation.Remarks(_measurement, setup.Definition.Report.RateTolerance),
            .. _losses?.Remarks(_measurement.Outcome.TapDrops) ?? [],
        ];
        if (setup.Testbed.Measures && _measurement is null && _notes.Metrics.IsEmpty)
        {
            remarks = remarks.Add("The measure step sent no traffic and recorded nothing.");
        }

        return Result(remarks.IsEmpty ? TrialState.Ok : TrialState.Degraded, remarks);
    }

    private TrialResult Failed(string reason) => Result(TrialState.Failed, [reason]) with { FailedStep = _step };

    private TrialResult Result(TrialState state, ImmutableArray<string> reasons) => new()
    {
        TrialId = trial.Trial.Id,
        State = state,
        Reasons = reasons,
        Started = _notes.Started,
        Took = _notes.Elapsed,
        Steps = _notes.Steps,
        BootId = boot.BootId,
        Measurement = _measurement,
        Attestation = new AttestationReport(_claims),
        Facts = _facts,
        Metrics = _notes.Metrics,
        Artefacts = _notes.Artefacts,
        Log = _notes.Log,
    };
}
