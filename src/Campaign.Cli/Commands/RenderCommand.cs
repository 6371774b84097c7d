using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Spectre.Console;

namespace Campaign.Cli.Commands;

/// <summary><c>render</c>: every file that a sweep would put on a host, without a host.</summary>
internal static class RenderCommand
{
    public static Command Create(Session session)
    {
        var output = new Option<string?>("--output", "-o") { Description = "Write the files below this folder instead of printing those of the first trial.", HelpName = "DIR" };
        var command = new Command("render", "Renders boot states and files of the chosen trials; runs nothing.") { output };
        var options = new CampaignOptions(command, selects: true);
        Help.Extend(command, Help.Examples(
            "campaign render sweeps/base.lua --only 'kernel=rt,isolation=true'", "campaign render sweeps/base.lua -o /tmp/rendered"));
        command.SetAction(async (parsed, cancellationToken) =>
        {
            using var definition = CampaignRunner.Load(options.Source(parsed, Project.Find()));
            var plan = CampaignRunner.Plan(definition);
            var trials = CampaignRunner.Render(definition, plan, CampaignRunner.Select(plan, definition, options.Choice(parsed)));
            if (trials.IsEmpty)
            {
                throw new CampaignException("No trial is selected.", ExitCode.Nothing, "'campaign plan' shows what there is.");
            }

            if (parsed.GetValue(output) is { } folder)
            {
                foreach (var trial in trials)
                {
                    await RenderedFiles.WriteAsync(trial, Path.Combine(folder, trial.Trial.Id), cancellationToken);
                }

                session.Error.MarkupLineInterpolated($"Rendered {trials.Length} trials below {folder}.");
            }
            else
            {
                session.Write(RenderedFiles.Text(trials[0]));
            }

            return (int)ExitCode.Success;
        });
        return command;
    }
}
