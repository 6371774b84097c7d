using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Importing;
using Campaign.Importing.Pos;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>import</c>: results of other programs become sweeps.</summary>
internal static class ImportCommand
{
    public static Command Create(Session session)
    {
        var command = new Command("import", "Stores results of other programs as sweeps, marked as imported; list, show, report and gate then work on them.") { Hvnet(session), Pos(session) };
        Help.Extend(command, Help.Examples(
            "campaign import hvnet measurements --as itc35", "campaign import pos results/user/default/2020-10-07_23-22-39_868017 --as forwarding", "campaign report itc35"));
        return command;
    }

    private static Command Hvnet(Session session) => Format(
        session, "hvnet", "Imports result sets as HVNet's evaluation publishes them: nine CSV files for each pair of captures.",
        "Folder with result sets at any depth: .hist.csv, .percentiles.csv, … plain or .zst.", "campaign import hvnet containerized-low-latency/measurements --as itc35",
        (folder, name, origin) =>
        {
            var found = HvnetImport.Find(folder, name, origin);
            return [results => HvnetImport.Run(found, results)];
        });

    private static Command Pos(Session session) => Format(
        session, "pos", "Imports result folders of pos, of 2020 and since 2025: each run of a loop is a trial, with the values of its loop file.",
        "A result folder, USER/default/TIME, or a folder with several: each becomes a sweep.", "campaign import pos results/user/default/2020-10-07_23-22-39_868017 --as forwarding",
        (folder, name, origin) =>
        {
            var found = PosImport.Find(folder, name, origin);
            foreach (var without in found.Without)
            {
                session.Say($"{without} is left out: no command was looped in it.");
            }

            return [.. found.Sweeps.Select(s => new Func<ResultsWriter, SweepRecord>(results => PosImport.Run(s, results)))];
        });

    /// <param name="session">Where to say things.</param>
    /// <param name="format">The command's name.</param>
    /// <param name="description">What it imports.</param>
    /// <param name="content">What the folder holds.</param>
    /// <param name="example">A command line.</param>
    /// <param name="find">From folder, name and origin to what stores each sweep that is there.</param>
    private static Command Format(
        Session session, string format, string description, string content, string example, Func<string, string?, ImportOrigin, ImmutableArray<Func<ResultsWriter, SweepRecord>>> find)
    {
        var folder = new Argument<string>("DIR") { Description = content };
        var name = new Option<string?>("--as") { Description = "Name of the campaign; by default the folder's.", HelpName = "NAME" };
        var gate = new Option<string?>("--gate") { Description = "A file with gates, one a line, that the report will judge.", HelpName = "FILE" };
        var results = ResultsOptions.Folder();
        var command = new Command(format, description) { folder, name, gate, results };
        Help.Extend(command, Help.Examples(example));
        command.SetAction(parsed =>
        {
            var origin = new ImportOrigin(
                Lines(parsed.GetValue(gate)), new Provenance(ProgramVersion.Text, "", false, RunCommand.CommandLineText(), "", "", []), session.Time.GetUtcNow());
            var stores = find(parsed.GetValue(folder)!, parsed.GetValue(name), origin);
            Store(session, ResultsOptions.At(parsed.GetValue(results)), stores);
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static void Store(Session session, ResultsFolder target, ImmutableArray<Func<ResultsWriter, SweepRecord>> stores)
    {
        ImmutableArray<SweepRecord> sweeps;
        using (var writer = ResultsWriter.Open(target, session.Time))
        {
            sweeps = [.. stores.Select(store => store(writer))];
        }

        using var reader = ResultsReader.Open(target);
        foreach (var sweep in sweeps)
        {
            Say(session, reader.Find(sweep.Id));
            session.Write($"{sweep.Campaign}/{sweep.Id}\n");
        }
    }

    private static ImmutableArray<string> Lines(string? file) => file is null ? []
        : File.Exists(file) ? [.. File.ReadAllLines(file).Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0)]
        : throw new CampaignException($"The file {file} does not exist.", ExitCode.Usage);

    private static void Say(Session session, SweepSummary sweep) => session.Say(string.Create(
        CultureInfo.InvariantCulture,
        $"{sweep.Planned} {sweep.Sweep.Imported!.Format}: {sweep.Ok} ok, {sweep.Degraded} with a remark, {sweep.Failed} defective, which count nowhere. 'campaign show {sweep.Sweep.Id}' lists them, with reasons behind --trial; 'campaign report {sweep.Sweep.Id}' compares them."));
}
