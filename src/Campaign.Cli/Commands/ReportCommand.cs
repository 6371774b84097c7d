using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>report</c>: writes the report of a stored sweep anew.</summary>
internal static class ReportCommand
{
    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var results = ResultsOptions.Folder();
        var command = new Command("report", "Writes the HTML report and the tables of a stored sweep, and prints the report's path.") { sweep, results };
        Help.Extend(command, Help.Examples("campaign report", "campaign report quickstart", "xdg-open $(campaign report 3f9a12)"));
        command.SetAction(parsed =>
        {
            var folder = ResultsOptions.At(parsed.GetValue(results));
            using var reader = ResultsReader.Open(folder);
            session.Write(CampaignRunner.Report(folder, reader.Find(parsed.GetValue(sweep)).Sweep.Id) + "\n");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
