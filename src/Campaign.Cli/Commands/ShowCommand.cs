using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Campaign.Analysis;
using Campaign.Cli.Terminal;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Cli.Commands;

/// <summary><c>show</c>: one sweep trial by trial, or one trial with everything that is known of it.</summary>
internal static class ShowCommand
{
    private const int RecordedAtMost = 4;

    public static Command Create(Session session)
    {
        var sweep = ResultsOptions.Sweep();
        var trial = new Option<string?>("--trial") { Description = "Beginning of a trial's id, or values: 'rate=1000,repeat=2'.", HelpName = "TRIAL" };
        var results = ResultsOptions.Folder();
        var json = new Option<bool>("--json") { Description = "Print JSON." };
        var command = new Command("show", "Shows a sweep trial by trial, or one trial with its evidence.") { sweep, trial, results, json };
        Help.Extend(command, Help.Examples("campaign show", "campaign show quickstart --json | jq '.trials[].p999'", "campaign show --trial 1a2b3c"));
        command.SetAction(parsed =>
        {
            using var reader = ResultsReader.Open(ResultsOptions.At(parsed.GetValue(results)));
            var stored = reader.Load(reader.Find(parsed.GetValue(sweep)).Sweep.Id);
            if (parsed.GetValue(trial) is { } name)
            {
                var chosen = TrialName.Choose(stored.Sweep.Trials, name).Select(t => t.Id).ToHashSet();
                ImmutableArray<StoredTrial> trials = [.. stored.Trials.Where(t => chosen.Contains(t.Header.Id))];
                session.Write(parsed.GetValue(json) ? Json(stored with { Trials = trials }) : string.Join('\n', trials.Select(Text)));
            }
            else
            {
                session.Write(parsed.GetValue(json) ? Json(stored) : Text(stored));
            }

            return (int)ExitCode.Success;
        });
        return command;
    }

    private static string Text(StoredSweep stored)
    {
        var axes = stored.Sweep.Axes.Select(a => a.Name).ToArray();
        // A sweep without latencies shows what was recorded.
        string[] recorded = stored.Trials.Any(t => t.Result.Measurement is not null) ? []
            : [.. stored.Trials.SelectMany(t => t.Result.Metrics).Select(m => m.Unit.Length > 0 ? $"{m.Name}, {m.Unit}" : m.Name).Distinct().Take(RecordedAtMost)];
        var table = new TextTable(["trial", .. axes, "repeat", "state", .. recorded.Length > 0 ? recorded : ["p50", "p99.9", "max", "lost"]]);
        foreach (var trial in stored.Trials)
        {
            var cell = trial.Header.Cell.ToDictionary();
            table.Add([
                trial.Header.Id, .. axes.Select(a => cell.GetValueOrDefault(a)?.ToString() ?? "–"),
                trial.Header.Repeat.ToString(CultureInfo.InvariantCulture), trial.Result.State.ToString().ToLowerInvariant(),
                .. recorded.Length > 0 ? recorded.Select(n => Recorded(trial.Result, n)) : Numbers(trial.Result),
            ]);
        }

        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"{stored.Sweep.Campaign}/{stored.Sweep.Id}: {stored.Sweep.Title}\non {stored.Sweep.TestbedTitle}{(stored.Sweep.Simulated ? " (simulated)" : "")}, {stored.Trials.Length} of {stored.Sweep.Trials.Length} trials\n\n");
        return head + table;
    }

    private static string Recorded(TrialResult result, string title) =>
        result.Metrics.LastOrDefault(m => title == m.Name || title == $"{m.Name}, {m.Unit}") is { } metric ? metric.Value.ToString("0.####", CultureInfo.InvariantCulture) : "–";

    private static string[] Numbers(TrialResult result) => result.Measurement is { Evaluation: { Latencies.Count: > 0 } e } m
        ? [Short(e.Latencies.Percentile(0.5)), Measure.P999.Of(e.Latencies) is { } tail ? Short((long)tail) : "–", m.Knows(Unknown.Maximum) ? Short(e.Latencies.Values[^1]) : "–", m.Knows(Unknown.Counts) ? e.Lost.ToString(CultureInfo.InvariantCulture) : "–"]
        : ["–", "–", "–", "–"];

    private static string Short(long nanoseconds) => new Nanoseconds(nanoseconds).ToString();

    private static string Text(StoredTrial trial)
    {
        var result = trial.Result;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"trial {trial.Header.Id} of sweep {trial.SweepId}: {result.State.ToString().ToLowerInvariant()}\n");
        text.Append(CultureInfo.InvariantCulture, $"cell {string.Join(',', trial.Header.Cell.Select(c => $"{c.Key}={c.Value}"))}, repeat {trial.Header.Repeat}\n");
        foreach (var reason in result.Reasons)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {reason}\n");
        }

        var steps = new TextTable("step", "took");
        foreach (var step in result.Steps)
        {
            steps.Add(step.Step, HumanDuration.Format(step.Took));
        }

        var claims = new TextTable("attested", "asked", "observed", "when", "holds");
        foreach (var claim in result.Attestation.Claims)
        {
            claims.Add(claim.Subject, claim.Asked, claim.Observed, claim.When, claim.Holds ? "yes" : "NO");
        }

        var recorded = new TextTable("recorded", "value", "unit");
        foreach (var metric in result.Metrics)
        {
            recorded.Add(metric.Name, metric.Value.ToString("0.######", CultureInfo.InvariantCulture), metric.Unit);
        }

        if (result.Measurement is { } measured)
        {
            text.Append('\n').Append(Measured(measured));
        }

        foreach (var table in new[] { result.Steps.IsEmpty ? null : steps, result.Attestation.Claims.IsEmpty ? null : claims, result.Metrics.IsEmpty ? null : recorded }.OfType<TextTable>())
        {
            text.Append('\n').Append(table);
        }

        foreach (var line in result.Log)
        {
            text.Append(CultureInfo.InvariantCulture, $"{line.At.TotalSeconds,8:0.000} s  {line.Text}\n");
        }

        return text.ToString();
    }

    private static string Measured(TrialMeasurement measured)
    {
        var e = measured.Evaluation;
        var counts = measured.Knows(Unknown.Counts)
            ? string.Create(CultureInfo.InvariantCulture, $"{e.Pre.Packets} packets before the device at {new PacketRate(Math.Round(e.Pre.PacketsPerSecond, 1))}, {e.Post.Packets} behind it, {e.Lost} lost, ")
            : "";
        var stated = Measure.All.Where(m => measured.Knows(m.Name)).Select(m => (m.Name, Value: m.Of(e.Latencies))).Where(m => m.Value is not null);
        return string.Create(CultureInfo.InvariantCulture, $"{counts}{e.Matched} with a latency\n")
            + (e.Latencies.Count == 0 ? "" : string.Join("  ", stated.Select(m => $"{m.Name} {Short((long)m.Value!)}")) + "\n");
    }

    private static string Json(StoredSweep stored) => Text(new JsonObject
    {
        ["format"] = 1,
        ["id"] = stored.Sweep.Id,
        ["campaign"] = stored.Sweep.Campaign,
        ["testbed"] = stored.Sweep.Testbed,
        ["simulated"] = stored.Sweep.Simulated,
        ["imported"] = stored.Sweep.Imported?.Source,
        ["planned"] = stored.Sweep.Trials.Length,
        ["folder"] = stored.Folder,
        ["trials"] = new JsonArray([.. stored.Trials.Select(Json)]),
    });

    private static JsonObject Json(StoredTrial trial)
    {
        var result = trial.Result;
        var json = new JsonObject
        {
            ["id"] = trial.Header.Id,
            ["cell"] = new JsonObject(trial.Header.Cell.Select(c => KeyValuePair.Create(c.Key, Node(c.Value)))),
            ["repeat"] = trial.Header.Repeat,
            ["state"] = result.State.ToString().ToLowerInvariant(),
            ["reasons"] = new JsonArray([.. result.Reasons.Select(r => JsonValue.Create(r))]),
            ["started"] = result.Started,
            ["seconds"] = result.Took.TotalSeconds,
            ["attested"] = result.Attestation.Holds,
            ["attestation"] = new JsonArray([.. result.Attestation.Claims.Select(c => new JsonObject
            {
                ["subject"] = c.Subject,
                ["asked"] = c.Asked,
                ["observed"] = c.Observed,
                ["holds"] = c.Holds,
                ["when"] = c.When,
            })]),
            ["steps"] = new JsonObject(result.Steps.GroupBy(s => s.Step).Select(s => KeyValuePair.Create(s.Key, (JsonNode?)s.Sum(t => t.Took.TotalSeconds)))),
            ["recorded"] = new JsonObject(result.Metrics.Where(m => double.IsFinite(m.Value)).GroupBy(m => m.Name).Select(m => KeyValuePair.Create(m.Key, (JsonNode?)m.Last().Value))),
            ["facts"] = new JsonObject(result.Facts.GroupBy(f => f.Name).Select(f => KeyValuePair.Create(f.Key, (JsonNode?)f.Last().Value))),
        };
        if (result.Measurement is { Evaluation: var e } m)
        {
            var counted = m.Knows(Unknown.Counts);
            json["sent"] = counted ? e.Pre.Packets : null;
            json["rate"] = counted ? e.Pre.PacketsPerSecond : null;
            json["matched"] = e.Matched;
            json["lost"] = counted ? e.Lost : null;
            if (e.Latencies.Count > 0)
            {
                (json["p50"], json["p99"], json["p999"]) = (e.Latencies.Percentile(0.5), e.Latencies.Percentile(0.99), e.Latencies.Percentile(0.999));
                json["max"] = m.Knows(Unknown.Maximum) ? e.Latencies.Values[^1] : null;
            }
        }

        return json;
    }

    private static JsonNode? Node(Value value) => JsonNode.Parse(value.Canonical);

    private static string Text(JsonNode json) => json.ToJsonString(new JsonSerializerOptions { WriteIndented = true }) + "\n";
}
