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
            var target = ResultsOptions.At(parsed.GetValue(results));
            ResultsFolder[] from = [.. parsed.GetValue(sources)!.Select(s => new ResultsFolder(Path.GetFullPath(s)))];
            using (var writer = ResultsWriter.Open(target, session.Time))
            {
                var merged = ResultsMerger.Merge(writer, from);
                session.Say(FormattableString.Invariant(
                    $"Merged into {target.Root}: {merged.Sweeps} sweeps and {merged.Trials} trials are new, {merged.Present} trials were there already."));
            }

            foreach (var sweep in from.SelectMany(Sweeps).Distinct(StringComparer.Ordinal))
            {
                session.Write(CampaignRunner.Report(target, sweep) + "\n");
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string[] Sweeps(ResultsFolder folder)
    {
        using var reader = ResultsReader.Open(folder);
        return [.. reader.List().Select(s => s.Sweep.Id)];
    }
}
