using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Reporting.Texts;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>report</c>: writes the report of a stored sweep anew.</summary>
internal static class ReportCommand
{
    private const string Html = "html";

    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var results = ResultsOptions.Folder();
        var format = new Option<string>("--format", "-f")
        {
            Description = "html writes the report and its tables and prints the report's path; the others print: md for a pull request, csv a row for each trial, json everything, latex tables and figures for a paper.",
            HelpName = "FORM",
            DefaultValueFactory = _ => Html,
        };
        format.AcceptOnlyFromAmong([Html, .. ReportText.Names]);
        var command = new Command("report", "Writes the report of a stored sweep.") { sweep, results, format };
        Help.Extend(command, Help.Examples("campaign report", "campaign report quickstart", "xdg-open $(campaign report 3f9a12)", "campaign report --format md >> $GITHUB_STEP_SUMMARY", "campaign report --format latex > sweep.tex"));
        command.SetAction(parsed =>
        {
            var folder = ResultsOptions.At(parsed.GetValue(results));
            using var reader = ResultsReader.Open(folder);
            var (id, form) = (reader.Find(parsed.GetValue(sweep)).Sweep.Id, parsed.GetValue(format)!);
            session.Write(form == Html ? CampaignRunner.Report(folder, id) + "\n" : CampaignRunner.ReportAs(folder, id, form));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
