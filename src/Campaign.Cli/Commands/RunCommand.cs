using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Rendering;
using Spectre.Console;

namespace Campaign.Cli.Commands;

/// <summary><c>run</c>: the main job, from a campaign file to a report.</summary>
internal static class RunCommand
{
    public static Command Create(Session session)
    {
        var fresh = new Option<bool>("--fresh") { Description = "Start a new sweep, although an unfinished one could be continued." };
        var results = ResultsOptions.Folder();
        var inconclusive = GateCommand.Inconclusive();
        var command = new Command("run", "Runs a campaign: boots, sets up, attests, measures, stores and reports. Continues an unfinished sweep.") { fresh, inconclusive, results };
        var options = new CampaignOptions(command, selects: true);
        Help.Extend(command, Help.Examples(
            "campaign run sweeps/quickstart.lua",
            "campaign run sweeps/base.lua --testbed local --set duration=5",
            "campaign run sweeps/base.lua --only 'kernel=rt' --shard 2/4"));
        command.SetAction(parsed =>
        {
            var project = Project.Find();
            return RunAsync(session, new RunRequest
            {
                Source = options.Source(parsed, project),
                Choice = options.Choice(parsed),
                Fresh = parsed.GetValue(fresh),
                InconclusiveFails = parsed.GetValue(inconclusive) == "fail",
                Results = ResultsOptions.At(parsed.GetValue(results), project).Root,
            });
        });
        return command;
    }

    /// <summary>Runs, shows progress, and says where the report is, or how to go on.</summary>
    public static async Task<int> RunAsync(Session session, RunRequest request)
    {
        using var progress = new RunProgress(session.Error, session.Time);
        var program = new ProgramFacts(ProgramVersion.Text, CommandLineText(), Environment.ProcessPath!, line => session.Write(line + "\n"), session.Say);
        var outcome = await new CampaignRunner(program, session.Time).RunAsync(request, progress, session.Signals.Stop);
        progress.Dispose();
        session.Print(outcome.Warnings);
        session.Say(outcome.Summary);
        if (outcome.Report is { } report)
        {
            session.Error.Write("Report: ");
            session.Write(report + "\n");
        }

        if (!outcome.Interrupted)
        {
            return (int)outcome.Code;
        }

        session.Say($"Resume with: {CommandLineText(without: "--fresh")}");
        return (int)session.Signals.InterruptedCode;
    }

    /// <summary>As typed, quoted for a shell.</summary>
    public static string CommandLineText(string? without = null) =>
        "campaign " + string.Join(' ', Environment.GetCommandLineArgs().Skip(1).Where(a => a != without).Select(ShellWord.Quote));
}
