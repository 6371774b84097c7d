using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Conducting;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>resume</c>: goes on with an unfinished sweep by name.</summary>
internal static class ResumeCommand
{
    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var results = ResultsOptions.Folder();
        var again = new Option<TrialState[]>("--again")
        {
            Description = "Measure trials that ended so again: degraded, invalid, failed; may be repeated. Each keeps its result until it has a new one.",
            HelpName = "STATE",
        };
        again.AcceptOnlyFromAmong("degraded", "invalid", "failed");
        var command = new Command("resume", "Continues an unfinished sweep; finished trials are not measured again.") { sweep, results, again };
        Help.Extend(command, Help.Examples("campaign resume", "campaign resume 3f9a12", "campaign resume 3f9a12 --again degraded --again failed"));
        command.SetAction(parsed =>
        {
            var project = Project.Find();
            var folder = ResultsOptions.At(parsed.GetValue(results), project);
            using var reader = ResultsReader.Open(folder);
            var record = reader.Find(parsed.GetValue(sweep)).Sweep;
            if (record.Imported is { } imported)
            {
                throw new CampaignException(
                    $"The sweep {record.Campaign}/{record.Id} was imported from {imported.Source}: there is no campaign to go on with.", ExitCode.Usage,
                    "campaign report and campaign show work on it.");
            }

            return RunCommand.RunAsync(session, new RunRequest
            {
                Source = project.Source(
                    record.Provenance.CampaignFile, record.Testbed, record.Parameters.Select(p => $"{p.Key}={p.Value}"), record.Seed,
                    record.Profile is { Length: > 0 } profile ? profile : null),
                Choice = TrialChoice.All,
                Results = folder.Root,
                Expected = record,
                Again = [.. parsed.GetValue(again) ?? []],
            });
        });
        return command;
    }
}
