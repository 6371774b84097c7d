using System.Collections.Immutable;
using System.Text;
using Campaign.Definition;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign.Conducting;

/// <summary>
/// Carries out what a trial's steps ask for, on the testbed's session for that trial, and remembers what the attestation
/// and the evaluation need to know of it.
/// </summary>
internal sealed class TrialEffects(
    ITrialSession session, Blueprint blueprint, TrialFolder folder, TrialNotes notes, string campaignFolder, TimeProvider time,
    Func<string, ValueTask> onLog) : IEffects
{
    private readonly Dictionary<string, TrafficRun> _traffic = [];

    /// <summary>The last forwarder that was started; null when none was.</summary>
    public ForwardOptions? Forwarding { get; private set; }

    /// <summary>What disturbs the node; null when nothing does.</summary>
    public DisturbOptions? Disturbance { get; private set; }

    /// <summary>Goes on from a moment at which the set-up had been done.</summary>
    public void Resume(SetupMoment moment) => (Forwarding, Disturbance) = (moment.Forwarding, moment.Disturbance);

    /// <summary>Traffic that was sent, in order.</summary>
    public ImmutableArray<TrafficRun> Traffic => [.. _traffic.Values];

    public async ValueTask<Value> PerformAsync(Effect effect, CancellationToken cancellationToken)
    {
        try
        {
            return effect switch
            {
                Effect.Run run => await RunAsync(run, cancellationToken),
                Effect.Spawn spawn => Value.Of(await session.SpawnAsync(spawn.Host, spawn.Command, cancellationToken)),
                Effect.Stop stop => Outcome(await Limited(stop.Timeout, "stopping the process", t => session.StopAsync(stop.Handle, t), cancellationToken)),
                Effect.Write write => await WriteAsync(write, cancellationToken),
                Effect.Upload upload => await UploadAsync(upload, cancellationToken),
                Effect.Download download => await DownloadAsync(download, cancellationToken),
                Effect.Facts facts => Map((await session.FactsAsync(facts.Host, blueprint, cancellationToken)).Select(f => (f.Name, Value.Of(f.Value)))),
                Effect.Forward forward => await ForwardAsync(forward, cancellationToken),
                Effect.Disturb disturb => await DisturbAsync(disturb, cancellationToken),
                Effect.Traffic traffic => await SendAsync(traffic, cancellationToken),
                Effect.Latency latency => Evaluate(latency, cancellationToken),
                Effect.Sleep sleep => await SleepAsync(sleep, cancellationToken),
                Effect.Log log => await LogAsync(log),
                Effect.Record record => Note(() => notes.Add(new Metric(record.Name, record.Value, record.Unit))),
                Effect.Artefact artefact => Keep(artefact),
                _ => throw new InvalidOperationException($"There is no effect {effect.GetType().Name}."),
            };
        }
        catch (TestbedException e)
        {
            throw new EffectException(e.Message, e);
        }
    }

    /// <summary>The traffic that a step's answer speaks of: the one it names, else the only one; null when there is none.</summary>
    public TrafficRun? Of(Value answer) =>
        answer is Value.Map map && map["captures"] is Value.Map captures && _traffic.TryGetValue(captures["pre"].ToString(), out var named)
            ? named
            : _traffic.Values.LastOrDefault();

    private async Task<Value> RunAsync(Effect.Run run, CancellationToken cancellationToken)
    {
        var outcome = await Limited(run.Timeout, $"'{run.Command}' on {run.Host}", t => session.RunAsync(run.Host, run.Command, t), cancellationToken);
        return !run.Check || outcome.Exit == 0 ? Outcome(outcome) : throw new EffectException(Failure(run, outcome));
    }

    private static string Failure(Effect.Run run, CommandOutcome outcome)
    {
        var said = (outcome.StandardError.Trim() is { Length: > 0 } error ? error : outcome.StandardOutput.Trim()).Split('\n');
        return $"'{run.Command}' on {run.Host} ended with exit code {outcome.Exit}"
            + (said is [""] ? "." : $": {string.Join(" / ", said.TakeLast(3))}");
    }

    private async Task<Value> WriteAsync(Effect.Write write, CancellationToken cancellationToken)
    {
        await session.WriteAsync(write.Host, write.Path, Encoding.UTF8.GetBytes(write.Content), cancellationToken);
        return Value.Nil.Instance;
    }

    private async Task<Value> UploadAsync(Effect.Upload upload, CancellationToken cancellationToken)
    {
        var source = Path.GetFullPath(Path.Combine(campaignFolder, upload.Source));
        if (!source.StartsWith(campaignFolder + Path.DirectorySeparatorChar, StringComparison.Ordinal) || !File.Exists(source))
        {
            throw new EffectException($"There is no file '{upload.Source}' beside the campaign, in {campaignFolder}.");
        }

        var content = await File.ReadAllBytesAsync(source, cancellationToken);
        await Limited(upload.Timeout, $"the upload of {upload.Source} to {upload.Host}", async t =>
        {
            await session.WriteAsync(upload.Host, upload.Path, content, t);
            return true;
        }, cancellationToken);
        return Value.Nil.Instance;
    }

    private async Task<Value> DownloadAsync(Effect.Download download, CancellationToken cancellationToken)
    {
        var relative = Path.Combine("artefacts", download.Host, download.Name);
        var target = folder.Inside(relative);
        var content = await Limited(
            download.Timeout, $"the download of {download.Path} from {download.Host}", t => session.ReadAsync(download.Host, download.Path, t), cancellationToken);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        await File.WriteAllBytesAsync(target, content, cancellationToken);
        notes.AddArtefact(relative);
        return Value.Of(relative);
    }

    private async Task<Value> ForwardAsync(Effect.Forward forward, CancellationToken cancellationToken)
    {
        await session.ForwardAsync(forward.Host, forward.Options, blueprint, cancellationToken);
        Forwarding = forward.Options;
        return Value.Nil.Instance;
    }

    private async Task<Value> DisturbAsync(Effect.Disturb disturb, CancellationToken cancellationToken)
    {
        await session.DisturbAsync(disturb.Host, disturb.Options, blueprint, cancellationToken);
        Disturbance = disturb.Options;
        return Value.Nil.Instance;
    }

    private async Task<Value> SendAsync(Effect.Traffic traffic, CancellationToken cancellationToken)
    {
        var options = traffic.Options;
        var limit = options.Duration + TimeSpan.FromMinutes(1);
        var outcome = await Limited(limit, "sending the traffic", t => session.TrafficAsync(options, blueprint, t), cancellationToken);
        _traffic[outcome.Pre] = new TrafficRun(options, outcome);
        return Map([
            ("captures", Map([("pre", Value.Of(outcome.Pre)), ("post", Value.Of(outcome.Post))])),
            ("sent", Value.Of(outcome.Sent)),
            ("rate", Value.Of(outcome.Sent / options.Duration.TotalSeconds)),
        ]);
    }

    private Value.Map Evaluate(Effect.Latency latency, CancellationToken cancellationToken)
    {
        var run = Of(latency.Captures) ?? throw new EffectException("There are no captures to evaluate yet: call traffic first.");
        return TrialEvaluation.Summary(TrialEvaluation.Evaluate(run.Outcome, latency.Options, cancellationToken).All);
    }

    private async Task<Value> SleepAsync(Effect.Sleep sleep, CancellationToken cancellationToken)
    {
        await Task.Delay(sleep.Duration, time, cancellationToken);
        return Value.Nil.Instance;
    }

    private async Task<Value> LogAsync(Effect.Log log)
    {
        notes.AddLog(log.Text);
        await onLog(log.Text);
        return Value.Nil.Instance;
    }

    private Value.Nil Keep(Effect.Artefact artefact)
    {
        var path = folder.Inside(artefact.Path);
        return File.Exists(path)
            ? Note(() => notes.AddArtefact(Path.GetRelativePath(folder.Path, path)))
            : throw new EffectException($"There is no file '{artefact.Path}' in the trial's folder.");
    }

    private static Value.Nil Note(Action note)
    {
        note();
        return Value.Nil.Instance;
    }

    private async Task<T> Limited<T>(TimeSpan limit, string what, Func<CancellationToken, Task<T>> act, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await act(linked.Token);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new EffectException(FormattableString.Invariant($"{what} took longer than its limit of {limit.TotalSeconds:0.###} s."));
        }
    }

    private static Value.Map Outcome(CommandOutcome outcome) => Map([
        ("exit", Value.Of((long)outcome.Exit)),
        ("stdout", Value.Of(outcome.StandardOutput)),
        ("stderr", Value.Of(outcome.StandardError)),
        ("seconds", Value.Of(outcome.Took.TotalSeconds)),
    ]);

    private static Value.Map Map(IEnumerable<(string Key, Value Value)> entries) =>
        new(entries.Select(e => KeyValuePair.Create(e.Key, e.Value)));
}

/// <summary>One run of traffic: what was asked for and what became of it.</summary>
internal sealed record TrafficRun(TrafficOptions Asked, TrafficOutcome Outcome);
