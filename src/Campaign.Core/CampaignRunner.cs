using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Planning;
using Campaign.Rendering;
using Campaign.Reporting;
using Campaign.Reporting.Texts;
using Campaign.Storage;
using Campaign.Testbeds;
using Campaign.Topology;

namespace Campaign;

/// <summary>
/// The flow, on one screen: a campaign file becomes a definition, a plan, rendered trials, events, stored results, an
/// analysis and a report. Every verb is a prefix or a suffix of <see cref="RunAsync"/>.
/// </summary>
/// <param name="program">What runs: version, executable, where lines for people go.</param>
/// <param name="time">Wall clock, delays and time limits.</param>
internal sealed class CampaignRunner(ProgramFacts program, TimeProvider time)
{
    /// <summary>Intervals within trials are computed for so many trials: of more, nobody reads them.</summary>
    private const int WithinAtMost = 300;

    /// <summary>Runs what is asked for, and reports on all that is stored of the sweep.</summary>
    /// <exception cref="CampaignException">A mistake in a file, a testbed that is not available, a folder in use, …</exception>
    public async Task<RunOutcome> RunAsync(RunRequest request, IRunObserver observer, StopSignals stop)
    {
        using var definition = Load(request.Source);
        var plan = Plan(definition);
        request.CheckExpected(plan);
        var selected = Select(plan, definition, request.Choice);
        var blueprint = Blueprint(definition);
        var rendered = TrialRenderer.Render(definition, plan, selected, blueprint);

        await using var testbed = TestbedDriver.Open(definition.Testbed, new OpenOptions(program.Print, program.Say, program.Executable, plan.Seed, time));
        var facts = await testbed.PrepareAsync([.. rendered.Select(t => t.Boot).DistinctBy(b => b.Id)], stop.Now);
        var provenance = await Provenances.OfAsync(program.Version, program.CommandLine, definition, facts, stop.Now);
        using var place = new ResultsPlace(request.Results, testbed.Measures);
        using var results = ResultsWriter.Open(place.Folder, time);
        var record = SweepRecords.Of(definition, plan, testbed.Simulated, provenance, time.GetUtcNow());
        var sweep = request is { Expected: { } expected, Again.Count: > 0 }
            ? results.Repeat(expected, request.Again)
            : results.BeginSweep(record, [.. selected.Select(t => t.Id)], request.Fresh);
        sweep.WriteSnapshot(SweepSnapshot.Of(definition, plan));

        ImmutableArray<RenderedTrial> remaining = [.. rendered.Where(t => !sweep.Finished.Contains(t.Trial.Id))];
        observer.Begin(new RunBeginning(
            $"{plan.Campaign}/{sweep.Sweep.Id}", definition.Testbed.Title, sweep.Continued, selected.Length, remaining.Length,
            plan.Estimate.Total * remaining.Length / plan.Trials.Length));

        var tally = new RunTally();
        await new Conductor(new ConductorSetup(definition, blueprint, testbed, plan.Seed, time)).RunAsync(
            remaining, sweep.PrepareFolder, happened =>
            {
                sweep.Append(happened);
                tally.Count(happened);
                observer.Happened(happened);
                return ValueTask.CompletedTask;
            }, stop);

        return tally.Outcome(
            testbed.Measures ? ReportWithGates(results.Folder, sweep.Sweep.Id) : null, testbed.Measures, request.InconclusiveFails, [.. definition.Warnings, .. plan.Warnings]);
    }

    /// <summary>Reads a campaign, its testbed and its modules.</summary>
    public static CampaignDefinition Load(CampaignSource source) => CampaignLoader.Load(source, new TemplateLibrary(source.ProjectRoot, source.File).Render);

    /// <summary>Lays out what is to be measured.</summary>
    public static Plan Plan(CampaignDefinition definition) => Planner.Plan(definition);

    /// <summary>Chooses trials of a plan.</summary>
    /// <exception cref="CampaignException">The choice is wrong (exit code 2) or chooses nothing (7).</exception>
    public static ImmutableArray<PlannedTrial> Select(Plan plan, CampaignDefinition definition, TrialChoice choice)
    {
        var only = choice.Only is null ? null : CellFilter.Parse(choice.Only, definition.Axes);
        var selected = Selection.Apply(plan, only is null ? null : only.Matches, choice.Shard is null ? null : Shard.Parse(choice.Shard));
        return selected.IsEmpty
            ? throw new CampaignException("No trial is selected.", ExitCode.Nothing, "'campaign plan' without --only and --shard shows what there is.")
            : selected;
    }

    /// <summary>Renders everything that the trials put on hosts.</summary>
    public static ImmutableArray<RenderedTrial> Render(CampaignDefinition definition, Plan plan, ImmutableArray<PlannedTrial> trials) =>
        TrialRenderer.Render(definition, plan, trials, Blueprint(definition));

    /// <summary>Writes the report of what is stored of a sweep.</summary>
    /// <returns>Its path.</returns>
    public static string Report(ResultsFolder folder, string sweepId) => ReportWithGates(folder, sweepId).Report;

    /// <summary>The report of what is stored of a sweep as text.</summary>
    /// <param name="folder">Results.</param>
    /// <param name="sweepId">Whole.</param>
    /// <param name="form">One of <see cref="ReportText.Names"/>.</param>
    public static string ReportAs(ResultsFolder folder, string sweepId, string form)
    {
        using var reader = ResultsReader.Open(folder);
        var stored = reader.Load(sweepId);
        return ReportText.Of(form, stored.Sweep, Analyst.Analyse(stored, Recordings(folder, stored, id => id)));
    }

    /// <summary>Puts two sides beside each other and analyses them as one sweep with the axis <see cref="SideBySide.Axis"/>.</summary>
    /// <param name="folder">Results of both.</param>
    /// <param name="baseline">Whole id, filter and name of what the other side is held against.</param>
    /// <param name="other">The same of the other side.</param>
    public static (StoredSweep Stored, SweepAnalysis Analysis) Compare(
        ResultsFolder folder, (string Sweep, string Filter, string Name) baseline, (string Sweep, string Filter, string Name) other)
    {
        using var reader = ResultsReader.Open(folder);
        var first = reader.Load(baseline.Sweep);
        var second = other.Sweep == baseline.Sweep ? first : reader.Load(other.Sweep);
        ComparedSide[] sides = [new(first, baseline.Filter, baseline.Name), new(second, other.Filter, other.Name)];
        var beside = SideBySide.Of(sides[0], sides[1]);
        return (beside, Analyst.Analyse(beside, TrialRecordings.Of(sides.Select((s, number) => Recordings(folder, s.Stored, id => SideBySide.IdOf(id, number))))));
    }

    private static (string Report, ImmutableArray<GateOutcome> Gates) ReportWithGates(ResultsFolder folder, string sweepId)
    {
        using var reader = ResultsReader.Open(folder);
        var stored = reader.Load(sweepId);
        var analysis = Analyst.Analyse(stored, Recordings(folder, stored, id => id));
        return (Reporter.Write(stored, analysis, stored.Folder), analysis.Gates);
    }

    // Of trials that have a result: another program may be writing those of the next one.
    private static TrialRecordings Recordings(ResultsFolder folder, StoredSweep stored, Func<string, string> name)
    {
        var finished = stored.Trials.Select(t => t.Header.Id).ToHashSet();
        var folders = stored.Sweep.Trials.Select((t, position) => (t.Id, Name: name(t.Id), Folder: folder.Trial(stored.Sweep, position, t.Id))).Where(t => finished.Contains(t.Id)).ToArray();
        return new TrialRecordings(
            folders.Select(t => (t.Name, File: ResultsFolder.Interrupts(t.Folder))).Where(t => t.File is not null).ToImmutableDictionary(t => t.Name, t => InterruptRecording.Read(t.File!)),
            folders.Length > WithinAtMost ? TrialRecordings.None.Seconds
                : folders.Select(t => (t.Name, File: ResultsFolder.Seconds(t.Folder))).Where(t => File.Exists(t.File)).ToImmutableDictionary(t => t.Name, t => SecondsLog.Read(t.File)));
    }

    private static Blueprint Blueprint(CampaignDefinition definition) =>
        BlueprintBuilder.Build(definition.Testbed, TestbedDriver.Cpus(definition.Testbed));
}
