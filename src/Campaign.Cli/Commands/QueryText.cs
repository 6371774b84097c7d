using System.Globalization;
using Campaign.Analysis.Querying;
using Campaign.Cli.Terminal;
using Campaign.Definition;
using Campaign.Units;

namespace Campaign.Cli.Commands;

/// <summary>What a query found as a table for people: latencies with the unit that fits, shares in percent, a dash for what is missing.</summary>
internal static class QueryText
{
    /// <summary>The language in a page.</summary>
    public const string Language =
        """
        Expressions:
          p99.9 < 2ms and kernel = rt         = != < <= > >= between the name of a column and a value; and, or, not, brackets
          kernel in (rt, nohz)                not in; also kernel=rt|nohz, and a comma for and, as in --only
          reason ~ 'offered rate'             text within text, letters of either case alike; !~ where it is not
          simulated, not attested             columns that are true or false need no comparison
          p99.999 is missing                  is not missing
        Columns are axes and parameters of the campaigns and what --fields lists, any percentile such as p99.97 among it. Latencies are in ns where
        no unit is written, in CSV, JSON and Parquet always; units: ns us ms s min h, k M G, %. Points in time are in UTC: started >= 2026-03-01T09:30.
        What a trial lacks is missing, and so is a percentile that it has too few packets for. No comparison holds with what is missing, not even !=.

        """;

    public static string Of(QueryTable table)
    {
        var text = new TextTable([.. table.Columns.Select(c => c.Name)]);
        foreach (var row in table.Rows)
        {
            text.Add([.. table.Columns.Zip(row, Cell)]);
        }

        return text.ToString();
    }

    private static string Cell(QueryColumn column, Value value) => (column.Unit, value) switch
    {
        (_, Value.Nil) => "–",
        ("ns", Value.Integer { Content: var latency }) => new Nanoseconds(latency).ToString(),
        ("ns", Value.Number { Content: var latency }) => new Nanoseconds((long)Math.Round(latency)).ToString(),
        (QueryField.Share, Value.Number { Content: var share }) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %"),
        (_, Value.Number { Content: var number }) => number.ToString("0.######", CultureInfo.InvariantCulture),
        // Text may come from machines: what is one line stays one.
        _ => string.Concat(value.ToString().Select(c => char.IsControl(c) ? ' ' : c)),
    };
}
