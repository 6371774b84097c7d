using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>import</c>: results of other programs become sweeps.</summary>
internal static class ImportCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("import", "Stores results of other programs as a sweep, marked as imported; list, show, report and gate then work on it.") { Hvnet(session) };
        Help.Extend(command, Help.Examples("campaign import hvnet measurements --as itc35", "campaign report itc35"));
        return command;
    }

    private static Command Hvnet(Session session)
    {
        var folder = new Argument<string>("DIR") { Description = "Folder with result sets at any depth: .hist.csv, .percentiles.csv, … plain or .zst." };
        var name = new Option<string?>("--as") { Description = "Name of the campaign; by default the folder's.", HelpName = "NAME" };
        var gate = new Option<string?>("--gate") { Description = "A file with gates, one a line, that the report will judge.", HelpName = "FILE" };
        var results = ResultsOptions.Folder();
        var command = new Command("hvnet", "Imports result sets as HVNet's evaluation publishes them: nine CSV files for each pair of captures.") { folder, name, gate, results };
        Help.Extend(command, Help.Examples("campaign import hvnet containerized-low-latency/measurements --as itc35"));
        command.SetAction(parsed =>
        {
            var target = ResultsOptions.At(parsed.GetValue(results));
            var found = HvnetImport.Find(
                parsed.GetValue(folder)!, parsed.GetValue(name), Lines(parsed.GetValue(gate)),
                new Provenance(ProgramVersion.Text, "", false, RunCommand.CommandLineText(), "", "", []), session.Time.GetUtcNow());
            SweepRecord sweep;
            using (var writer = ResultsWriter.Open(target, session.Time))
            {
                sweep = HvnetImport.Run(found, writer);
            }

            using var reader = ResultsReader.Open(target);
            Say(session, reader.Find(sweep.Id));
            session.Write($"{sweep.Campaign}/{sweep.Id}\n");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static ImmutableArray<string> Lines(string? file) => file is null ? []
        : File.Exists(file) ? [.. File.ReadAllLines(file).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0)]
        : throw new CampaignException($"The file {file} does not exist.", ExitCode.Usage);

    private static void Say(Session session, SweepSummary sweep) => session.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"{sweep.Planned} result sets: {sweep.Ok} ok, {sweep.Degraded} with a remark, {sweep.Failed} defective, which count nowhere. 'campaign show {sweep.Sweep.Id}' lists them, with reasons behind --trial; 'campaign report {sweep.Sweep.Id}' compares them."));
}
