using System.CommandLine;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>merge</c>: joins results folders, for example those of shards.</summary>
internal static class MergeCommand
{
    public static Command Create(Session session)
    {
        var sources = new Argument<string[]>("DIR") { Description = "Results folders to take from; they stay as they are.", Arity = ArgumentArity.OneOrMore };
        var results = ResultsOptions.Folder();
        var command = new Command("merge", "Joins results folders into one; refuses, changing nothing, when two differ over a trial.") { sources, results };
        Help.Extend(command, Help.Examples("campaign merge shard-1 shard-2 shard-3", "campaign merge ~/lab/results --results results"));
        command.SetAction(parsed =>
        {
            var target = ResultsOptions.Path(parsed.GetValue(results));
            var merged = ResultsMerger.Merge(target, [.. parsed.GetValue(sources)!.Select(Path.GetFullPath)], session.Time);
            session.Error.WriteLine(FormattableString.Invariant(
                $"Merged into {target}: {merged.AddedTrials} trials and {merged.AddedSweeps} sweeps are new, {merged.KnownTrials} trials were there already."));
            foreach (var sweep in merged.Sweeps)
            {
                session.Write(new CampaignRunner(session.Time).Report(target, sweep) + "\n");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }
}
