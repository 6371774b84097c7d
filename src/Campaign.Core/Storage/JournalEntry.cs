using System.Diagnostics;
using System.Globalization;
using Campaign.Conducting;
using LiteDB;

namespace Campaign.Storage;

/// <summary>One line of a sweep's journal: what happened, as it happened.</summary>
/// <param name="Sweep">The sweep's id.</param>
/// <param name="At">Wall-clock time.</param>
/// <param name="Kind">Name of the event: <c>Started</c>, <c>StepStarted</c>, …</param>
/// <param name="Trial">The trial's id; empty when the event is not about one.</param>
/// <param name="Text">For people.</param>
internal sealed record JournalEntry(string Sweep, DateTimeOffset At, string Kind, string Trial, string Text)
{
    public static JournalEntry Of(string sweep, TrialEvent happened)
    {
        var (trial, text) = happened switch
        {
            TrialEvent.Booting booting => (null, booting.BootState),
            TrialEvent.Booted booted => (null, string.Create(
                CultureInfo.InvariantCulture, $"{booted.BootState} after {booted.Took.TotalSeconds:0.0} s{(booted.WasNeeded ? "" : ", no boot was needed")}")),
            TrialEvent.Started started => (started.Trial, started.Trial.Cell.ToString()),
            TrialEvent.StepStarted step => (step.Trial, step.Step),
            TrialEvent.Logged logged => (logged.Trial, logged.Text),
            TrialEvent.Finished finished => (finished.Trial, string.Join(' ', [finished.Result.State.ToString(), .. finished.Result.Reasons])),
            TrialEvent.Stopped stopped => (stopped.Trial, "The sweep was stopped; what had not finished does not count."),
            _ => throw new UnreachableException(),
        };
        return new JournalEntry(sweep, happened.At, happened.GetType().Name, trial?.Trial.Id ?? "", text);
    }

    public BsonDocument ToDocument() => new()
    {
        ["sweep"] = Sweep,
        ["at"] = At.ToString("O", CultureInfo.InvariantCulture),
        ["kind"] = Kind,
        ["trial"] = Trial,
        ["text"] = Text,
    };

    public static JournalEntry Of(BsonDocument document) => new(
        document["sweep"].AsString,
        DateTimeOffset.Parse(document["at"].AsString, CultureInfo.InvariantCulture),
        document["kind"].AsString,
        document["trial"].AsString,
        document["text"].AsString);
}
