using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Analysis.Querying;

/// <summary>Asks stored trials, one after the other: one distribution at a time is in memory, and none is read that the query does not need.</summary>
internal static class Querier
{
    /// <param name="reader">Results.</param>
    /// <param name="sweeps">Those to ask, in the order of rows; without their trials.</param>
    /// <param name="request">As typed.</param>
    /// <returns>A row for each trial that is meant; perhaps none.</returns>
    /// <exception cref="CampaignException">The request has mistakes; exit code 2.</exception>
    public static QueryTable Ask(ResultsReader reader, ImmutableArray<SweepRecord> sweeps, QueryRequest request)
    {
        var query = request.Bind(Fields(reader, sweeps));
        IEnumerable<Row> rows = sweeps.SelectMany(s => reader.Each(s.Id, (trial, blobs) => Row.Of(query, new QueriedTrial(s, trial, blobs)))).OfType<Row>();
        for (var key = query.Order.Length - 1; key >= 0; key--)
        {
            // The last key first: sorting is stable.
            var place = key;
            rows = rows.OrderBy(r => r.Keys[place], query.Order[place]);
        }

        ImmutableArray<Row> found = [.. rows.Take(query.Limit ?? int.MaxValue)];
        int[] shown = [.. Enumerable.Range(0, query.Columns.Length).Where(c => !query.LeavesOut || found.IsEmpty || !QueryFields.IsOptional(query.Columns[c]) || found.Any(r => Says(query.Columns[c], r.Cells[c])))];
        return new QueryTable(
            [.. shown.Select(c => query.Columns[c]).Select(f => new QueryColumn(f.Name, f.Kind, f.Unit))], [.. found.Select(r => shown.Select(c => r.Cells[c]).ToImmutableArray())]);
    }

    /// <summary>What the trials of some sweeps can be asked.</summary>
    public static QueryFields Fields(ResultsReader reader, ImmutableArray<SweepRecord> sweeps) => new(sweeps, new Lazy<RecordedNames>(() => RecordedNames.Of(reader, sweeps)));

    private static bool Says(QueryField field, Value value) => value is not Value.Nil && (field.Levels.Length > 0 || value is not Value.Boolean { Content: false });

    /// <param name="Cells">As long as the query's columns.</param>
    /// <param name="Keys">As long as its order.</param>
    private sealed record Row(ImmutableArray<Value> Cells, ImmutableArray<Value> Keys)
    {
        public static Row? Of(BoundQuery query, QueriedTrial trial) => query.Condition(trial)
            ? new Row([.. query.Columns.Select(c => c.Read(trial))], [.. query.Order.Select(o => o.Field.Read(trial))])
            : null;
    }
}
