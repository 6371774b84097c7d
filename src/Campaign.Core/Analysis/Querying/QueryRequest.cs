using System.Collections.Immutable;
using Campaign.Diagnostics;

namespace Campaign.Analysis.Querying;

/// <summary>What was typed of a query.</summary>
/// <param name="Expression">As <see cref="QueryParser"/> reads it; empty: every trial.</param>
/// <param name="Columns">Names with commas between them; null: by default.</param>
/// <param name="Sort">Names with commas between them, <c>-</c> before one for largest first; null: sweeps and trials in their own order.</param>
/// <param name="Limit">At most so many rows; null: all.</param>
/// <param name="IsForPeople">Whether columns are by default those that a person wants to see first, or those that a program gets.</param>
internal sealed record QueryRequest(string Expression, string? Columns, string? Sort, int? Limit, bool IsForPeople)
{
    /// <summary>Looks up everything.</summary>
    /// <exception cref="CampaignException">Every mistake in it; exit code 2.</exception>
    public BoundQuery Bind(QueryFields fields)
    {
        var mistakes = new DiagnosticBag();
        var expression = new QuerySource("EXPRESSION", Expression, mistakes);
        var condition = new QueryBinder(fields, expression).Bind(QueryParser.Parse(expression));
        ImmutableArray<QueryField> columns = Columns is { } named ? [.. Names(named, "--columns", mistakes, fields).Select(n => n.Field)] : IsForPeople ? fields.ForPeople : fields.ForPrograms;
        ImmutableArray<QueryOrder> order = Sort is { } sort ? [.. Names(sort, "--sort", mistakes, fields).Select(n => new QueryOrder(n.Field, n.IsNegative))] : [];
        return mistakes.HasErrors
            ? throw new CampaignException(mistakes.All, ExitCode.Usage)
            : new BoundQuery(condition, [.. columns.DistinctBy(c => c.Name)], order, Limit, Columns is null && IsForPeople);
    }

    private static IEnumerable<(QueryField Field, bool IsNegative)> Names(string text, string option, DiagnosticBag mistakes, QueryFields fields)
    {
        var source = new QuerySource(option, text, mistakes);
        var separated = true;
        foreach (var token in QueryLexer.Read(source))
        {
            var isName = token.Kind is QueryTokenKind.Word or QueryTokenKind.Quoted;
            if (isName != separated || (!isName && !token.Is(",") && token.Kind != QueryTokenKind.End))
            {
                source.Error(token, isName ? "A comma is missing here." : "The name of a column is missing here.", $"Write names with commas between them: {option} p50,p99.9");
                yield break;
            }

            separated = !isName;
            var isNegative = isName && option == "--sort" && token.Text.StartsWith('-');
            if (isName && fields.Find(isNegative ? token with { Text = token.Text[1..] } : token, source) is { } field)
            {
                yield return (field, isNegative);
            }
        }
    }
}

/// <summary>A query whose names are looked up.</summary>
/// <param name="Condition">Whether a trial is meant.</param>
/// <param name="Columns">At least one.</param>
/// <param name="Order">The first decides, the next among equals; empty: none.</param>
/// <param name="Limit">At most so many rows; null: all.</param>
/// <param name="LeavesOut">Whether columns with nothing in them are left out; see <see cref="QueryFields.IsOptional"/>.</param>
internal sealed record BoundQuery(Func<QueriedTrial, bool> Condition, ImmutableArray<QueryField> Columns, ImmutableArray<QueryOrder> Order, int? Limit, bool LeavesOut);
