using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Analysis;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>gate</c>: judges thresholds on a stored sweep.</summary>
internal static class GateCommand
{
    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var rules = new Option<string[]>("--rule") { Description = "A rule to judge instead of the sweep's own; may be repeated.", HelpName = "RULE" };
        var file = new Option<string?>("--file") { Description = "A file with rules, one a line, to judge instead of the sweep's own.", HelpName = "FILE" };
        var inconclusive = Inconclusive();
        var results = ResultsOptions.Folder();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("gate", "Judges the gates of a stored sweep: pass, fail or inconclusive, with the numbers.") { sweep, rules, file, inconclusive, results, json };
        Help.Extend(command, Help.Examples(
            "campaign gate", "campaign gate base --rule 'where kernel=rt : p99.999 < 2ms at 95%'",
            "campaign gate base --rule 'compare kernel rt vs nohz : p99.999 no-worse-than +5% at 95%' --inconclusive fail"));
        command.SetAction(parsed =>
        {
            using var reader = ResultsReader.Open(ResultsOptions.At(parsed.GetValue(results)));
            var found = reader.Find(parsed.GetValue(sweep)).Sweep;
            var (typed, read) = (parsed.GetValue(rules) ?? [], parsed.GetValue(file));
            if (typed.Length == 0 && read is null && found.Gates.IsEmpty)
            {
                throw None(found);
            }

            var outcomes = Judge(reader.Load(found.Id), typed, read);
            session.Write(parsed.GetValue(json) ? Json(outcomes) : Text(outcomes));
            return (int)Gates.Code(outcomes, parsed.GetValue(inconclusive) == "fail");
        });
        return command;
    }

    /// <summary>What an inconclusive gate makes of the exit code.</summary>
    public static Option<string> Inconclusive()
    {
        var option = new Option<string>("--inconclusive")
        {
            Description = "Whether a gate that the data leave open is an error: warn or fail (exit code 8).",
            DefaultValueFactory = _ => "warn",
            HelpName = "WHAT",
        };
        option.AcceptOnlyFromAmong("warn", "fail");
        return option;
    }

    private static ImmutableArray<GateOutcome> Judge(StoredSweep stored, string[] rules, string? file)
    {
        if (file is not null && !File.Exists(file))
        {
            throw new CampaignException($"The file {file} does not exist.", ExitCode.Usage);
        }

        var outcomes = rules.Length == 0 && file is null
            ? Analyst.Judge(stored)
            : [.. Analyst.Judge(stored, string.Join('\n', rules), "--rule"), .. file is null ? [] : Analyst.Judge(stored, File.ReadAllText(file), file)];
        return outcomes.IsEmpty ? throw None(stored.Sweep) : outcomes;
    }

    private static CampaignException None(SweepRecord sweep) => new(
        $"The sweep {sweep.Campaign}/{sweep.Id} has no gate.", ExitCode.Nothing, "Give one: --rule 'where * : p99.9 < 1ms at 95%'");

    private static string Text(IEnumerable<GateOutcome> outcomes)
    {
        var table = new TextTable("verdict", "gate", "why");
        foreach (var outcome in outcomes)
        {
            table.Add(outcome.Word, outcome.Rule, outcome.Why);
        }

        return table.ToString();
    }

    private static string Json(IEnumerable<GateOutcome> outcomes) => new JsonArray(
        [.. outcomes.Select(o => new JsonObject { ["gate"] = o.Rule, ["verdict"] = o.Word, ["why"] = o.Why })]).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
