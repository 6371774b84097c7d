using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Planning;

namespace Campaign.Cli.Commands;

/// <summary><c>plan</c>: what would be measured, in which order, and what it will cost.</summary>
internal static class PlanCommand
{
    public static Command Create(Session session)
    {
        var json = new Option<bool>("--json") { Description = "Print the plan as JSON, with a matrix of shards for CI." };
        var command = new Command("plan", "Shows cells, exclusions, boots and the time that a sweep will take; runs nothing.") { json };
        var options = new CampaignOptions(command, selects: true);
        Help.Extend(command, Help.Examples(
            "campaign plan sweeps/base.lua",
            "campaign plan sweeps/base.lua --only 'kernel=rt,rate>1e6'",
            "campaign plan sweeps/base.lua --json | jq -c .matrix"));
        command.SetAction(parsed =>
        {
            using var definition = CampaignRunner.Load(options.Source(parsed, Project.Find()));
            var plan = CampaignRunner.Plan(definition);
            var selected = CampaignRunner.Select(plan, definition, options.Choice(parsed));
            session.Print(definition.Warnings);
            session.Write(parsed.GetValue(json) ? PlanJson.Write(plan, selected) : PlanText.Write(plan, selected));
            return (int)ExitCode.Success;
        });
        return command;
    }
}
