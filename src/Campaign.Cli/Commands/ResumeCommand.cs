using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>resume</c>: goes on with an unfinished sweep by name.</summary>
internal static class ResumeCommand
{
    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var results = ResultsOptions.Folder();
        var command = new Command("resume", "Continues an unfinished sweep; finished trials are not measured again.") { sweep, results };
        Help.Extend(command, Help.Examples("campaign resume", "campaign resume 3f9a12"));
        command.SetAction(parsed =>
        {
            var project = Project.Find();
            var folder = ResultsOptions.At(parsed.GetValue(results), project);
            using var reader = ResultsReader.Open(folder);
            var record = reader.Find(parsed.GetValue(sweep)).Sweep;
            return RunCommand.RunAsync(session, new RunRequest
            {
                Source = project.Source(
                    record.Provenance.CampaignFile, record.Testbed, record.Parameters.Select(p => $"{p.Key}={p.Value}"), record.Seed,
                    record.Profile is { Length: > 0 } profile ? profile : null),
                Choice = TrialChoice.All,
                Results = folder.Root,
                Expected = record,
            });
        });
        return command;
    }
}
