using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Spectre.Console;

namespace Campaign.Cli.Commands;

/// <summary><c>check</c>: reads a campaign and says everything that is wrong with it.</summary>
internal static class CheckCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("check", "Reads a campaign, its testbed and its templates, and reports every mistake at once.");
        var options = new CampaignOptions(command, selects: false);
        Help.Extend(command, Help.Examples("campaign check sweeps/base.lua", "campaign check sweeps/base.lua --testbed local"));
        command.SetAction(parsed =>
        {
            using var definition = CampaignRunner.Load(options.Source(parsed, Project.Find()));
            var plan = CampaignRunner.Plan(definition);
            session.Print(definition.Warnings.AddRange(plan.Warnings));
            session.Error.MarkupLineInterpolated(
                $"[green]{definition.Name}[/] is in order: {plan.Cells.Length} cells, {plan.Trials.Length} trials on {definition.Testbed.Name}. Next: campaign plan {definition.File}");
            return (int)ExitCode.Success;
        });
        return command;
    }
}
