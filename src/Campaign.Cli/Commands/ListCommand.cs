using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>list</c>: the sweeps of a results folder.</summary>
internal static class ListCommand
{
    public static Command Create(Session session)
    {
        var results = ResultsOptions.Folder();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("list", "Lists the sweeps of a results folder, newest first.") { results, json };
        Help.Extend(command, Help.Examples("campaign list", "campaign list --json | jq -r '.[].id'"));
        command.SetAction(parsed =>
        {
            using var reader = ResultsReader.Open(ResultsOptions.At(parsed.GetValue(results)));
            var sweeps = reader.List();
            session.Write(parsed.GetValue(json) ? Json(sweeps) : Text(sweeps));
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Text(IEnumerable<SweepSummary> sweeps)
    {
        var table = new TextTable("sweep", "campaign", "testbed", "started", "trials", "state");
        foreach (var sweep in sweeps)
        {
            table.Add(
                sweep.Sweep.Id, sweep.Sweep.Campaign, sweep.Sweep.Testbed + (sweep.Sweep.Simulated ? " (simulated)" : ""),
                sweep.Sweep.Started.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                string.Create(CultureInfo.InvariantCulture, $"{sweep.Finished}/{sweep.Planned}"), State(sweep));
        }

        return table.ToString();
    }

    private static string State(SweepSummary sweep)
    {
        var parts = new List<string> { sweep.IsComplete ? "complete" : "unfinished" };
        parts.AddRange(new[] { (sweep.Degraded, "degraded"), (sweep.NotAttested, "invalid"), (sweep.Failed, "failed") }
            .Where(p => p.Item1 > 0).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Item1} {p.Item2}")));
        return string.Join(", ", parts);
    }

    private static string Json(IEnumerable<SweepSummary> sweeps) => new JsonArray([.. sweeps.Select(s => new JsonObject
    {
        ["id"] = s.Sweep.Id,
        ["campaign"] = s.Sweep.Campaign,
        ["testbed"] = s.Sweep.Testbed,
        ["simulated"] = s.Sweep.Simulated,
        ["imported"] = s.Sweep.Imported?.Source,
        ["started"] = s.Sweep.Started,
        ["planned"] = s.Planned,
        ["finished"] = s.Finished,
        ["degraded"] = s.Degraded,
        ["invalid"] = s.NotAttested,
        ["failed"] = s.Failed,
        ["folder"] = s.Folder,
    })]).ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
