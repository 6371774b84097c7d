using System.Collections.Immutable;
using System.CommandLine;
using Campaign.Analysis.Querying;
using Campaign.Cli.Terminal;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Cli.Commands;

/// <summary><c>query</c>: trials of all sweeps as one table, chosen by an expression.</summary>
internal static class QueryCommand
{
    public static Command Create(Session session)
    {
        var expression = new Argument<string?>("EXPRESSION") { Description = "Which trials, as below; by default all.", Arity = ArgumentArity.ZeroOrOne };
        var sweeps = new Option<string[]>("--sweep") { Description = "A sweep as for show, or latest; may be repeated. By default all sweeps of the folder.", HelpName = "SWEEP" };
        var columns = new Option<string?>("--columns", "-c") { Description = "Which columns: names with commas between them; by default a few for people, and all for programs.", HelpName = "A,B" };
        var sort = new Option<string?>("--sort", "-s") { Description = "Columns to sort by; with - before it, largest first.", HelpName = "A,-B" };
        var limit = new Option<int?>("--limit", "-n") { Description = "At most so many rows.", HelpName = "N" };
        var fields = new Option<bool>("--fields") { Description = "List the columns that there are, instead of trials." };
        var json = new Option<bool>("--json") { Description = "Print an array of objects." };
        var csv = new Option<bool>("--csv") { Description = "Print CSV." };
        var parquet = new Option<string?>("--parquet") { Description = "Write a Parquet file, for DuckDB and pandas, and print its path.", HelpName = "FILE" };
        var results = ResultsOptions.Folder();
        var command = new Command("query", "Asks the trials of all sweeps and answers with a table.") { expression, sweeps, columns, sort, limit, fields, json, csv, parquet, results };
        Help.Extend(command, QueryText.Language + Help.Examples(
            "campaign query 'p99.9 > 2ms and state = ok' --sort=-p99.9", "campaign query 'kernel=rt,rate>1e6' --columns sweep,rate,repeat,p99.999 --csv",
            "campaign query 'not attested' --columns trial,reason", "campaign query --parquet trials.parquet && duckdb -c \"select kernel, median(\\\"p99.9\\\") from 'trials.parquet' group by 1\""));
        command.SetAction(async (parsed, _) =>
        {
            var form = new QueryForm(parsed.GetValue(json), parsed.GetValue(csv), parsed.GetValue(parquet));
            using var reader = ResultsReader.Open(ResultsOptions.At(parsed.GetValue(results)));
            var asked = Sweeps(reader, parsed.GetValue(sweeps) ?? []);
            var table = parsed.GetValue(fields)
                ? QueryTable.Of(Querier.Fields(reader, asked).All)
                : Querier.Ask(reader, asked, new QueryRequest(parsed.GetValue(expression) ?? "", parsed.GetValue(columns), parsed.GetValue(sort), Limit(parsed.GetValue(limit)), form.IsForPeople));
            session.Write(await form.WriteAsync(table));
            return table.Rows.IsEmpty
                ? throw new CampaignException("No trial is selected.", ExitCode.Nothing, "'campaign query' without an expression shows what there is.")
                : (int)ExitCode.Success;
        });
        return command;
    }

    private static ImmutableArray<SweepRecord> Sweeps(ResultsReader reader, string[] names)
    {
        var all = reader.List();
        return [.. (names.Length == 0 ? all : names.Select(n => SweepName.Choose(all, n, reader.Folder))).Select(s => s.Sweep).DistinctBy(s => s.Id)];
    }

    private static int? Limit(int? typed) => typed is < 1 ? throw new CampaignException($"'--limit {typed}' shows nothing.", ExitCode.Usage, "Write a number of rows, at least 1.") : typed;
}
