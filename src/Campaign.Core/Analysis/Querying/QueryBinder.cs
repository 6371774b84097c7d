using Campaign.Definition;
using Campaign.Diagnostics;

namespace Campaign.Analysis.Querying;

/// <summary>Looks up the names of an expression and checks its values against what their fields can have.</summary>
/// <param name="fields">What there is.</param>
/// <param name="source">The expression, for mistakes.</param>
internal sealed class QueryBinder(QueryFields fields, QuerySource source)
{
    /// <returns>Whether a trial is meant. Of no meaning when mistakes were reported.</returns>
    public Func<QueriedTrial, bool> Bind(QueryExpression expression)
    {
        switch (expression)
        {
            case QueryExpression.All { Parts: var parts }:
                var all = parts.Select(Bind).ToArray();
                return trial => Array.TrueForAll(all, part => part(trial));
            case QueryExpression.Any { Parts: var parts }:
                var any = parts.Select(Bind).ToArray();
                return trial => Array.Exists(any, part => part(trial));
            case QueryExpression.Not { Inner: var inner }:
                var bound = Bind(inner);
                return trial => !bound(trial);
            case QueryExpression.Missing { Name: var name } when fields.Find(name, source) is { } field:
                return trial => field.Read(trial) is Value.Nil;
            case QueryExpression.Flag { Name: var name } when fields.Find(name, source) is { } field:
                return Flag(name, field);
            case QueryExpression.Comparison { Name: var name } comparison when fields.Find(name, source) is { } field:
                return Compare(field, comparison);
            default:
                return _ => false;
        }
    }

    private Func<QueriedTrial, bool> Flag(QueryToken name, QueryField field)
    {
        if (field.Kind != QueryFieldKind.Boolean)
        {
            source.Error(name, $"'{field.Name}' alone is no condition.", $"Compare it with something, or write: {field.Name} is not missing");
        }

        return trial => field.Read(trial) is Value.Boolean { Content: true };
    }

    private Func<QueriedTrial, bool> Compare(QueryField field, QueryExpression.Comparison comparison)
    {
        var (operation, within) = (comparison.Operator, comparison.Operator is "~" or "!~");
        if (field.Kind == QueryFieldKind.Boolean && operation[0] is '<' or '>')
        {
            source.Error(comparison.Name, $"'{field.Name}' is true or false, never more or less.", $"Write {field.Name} or not {field.Name}.");
        }

        QueryOperand[] operands = [.. comparison.Values.Select(v => within ? new QueryOperand(v.Text, null) : Operand(field, v, operation))];
        return trial => field.Read(trial) is not Value.Nil and var value && operation switch
        {
            "=" => Array.Exists(operands, o => o.Order(value) == 0),
            "!=" => Array.TrueForAll(operands, o => o.Order(value) is not 0),
            "~" => Array.Exists(operands, o => o.IsWithin(value)),
            "!~" => !Array.Exists(operands, o => o.IsWithin(value)),
            "<" => operands[0].Order(value) < 0,
            "<=" => operands[0].Order(value) <= 0,
            ">" => operands[0].Order(value) > 0,
            _ => operands[0].Order(value) >= 0,
        };
    }

    private QueryOperand Operand(QueryField field, QueryToken token, string operation)
    {
        var number = token.Kind == QueryTokenKind.Quoted ? null : QueryLiteral.Parse(token.Text);
        var operand = new QueryOperand(field.Kind == QueryFieldKind.Time ? QueryTime.Parse(token.Text) ?? "" : token.Text, number?.In(field.Unit));
        switch (field.Kind)
        {
            case QueryFieldKind.Integer or QueryFieldKind.Number when number is null:
                source.Error(token, $"'{token.Text}' is no number to compare '{field.Name}' with.");
                break;
            case QueryFieldKind.Integer or QueryFieldKind.Number when operand.Number is null:
                source.Error(token, $"'{token.Text}' cannot be compared with '{field.Name}', which {Words(field.Unit)}.");
                break;
            case QueryFieldKind.Boolean when token.Text is not ("true" or "false"):
                source.Error(token, $"'{token.Text}' is neither true nor false, but '{field.Name}' is.");
                break;
            case QueryFieldKind.Time when operand.Text.Length == 0:
                source.Error(token, $"'{token.Text}' is no time.", "Write 2026-03-01 or 2026-03-01T09:30, in UTC.");
                break;
            case not QueryFieldKind.Time when operation is "=" or "!=" && field.Levels.Length > 0 && !field.Levels.Any(l => operand.Order(l) == 0):
                var near = Spelling.Closest(token.Text, field.Levels.Select(l => l.ToString()));
                source.Error(token, $"'{field.Name}' is never '{token.Text}'; {(near is null ? $"there are {string.Join(", ", field.Levels)}." : $"did you mean '{near}'?")}");
                break;
        }

        return operand;
    }

    private static string Words(string unit) => unit switch
    {
        "" => "is a plain number",
        QueryField.Share => "is a share: write 0.1% or 0.001",
        _ => $"is in {unit}",
    };
}
