using System.Collections.Immutable;

namespace Campaign.Analysis.Querying;

/// <summary>
/// Reads an expression over trials: comparisons (<c>=</c> <c>!=</c> <c>&lt;</c> <c>&lt;=</c> <c>&gt;</c> <c>&gt;=</c>, <c>~</c> and <c>!~</c> for text within text, <c>in (…)</c>,
/// <c>is missing</c>) with <c>not</c>, <c>and</c>, <c>or</c> between them, in this order of strength, and brackets. What <c>--only</c> takes is an expression, too: a comma is a weaker
/// <c>and</c>, a bar stands between values of which each will do.
/// </summary>
internal sealed class QueryParser
{
    // Far more than a person writes, far less than the stack holds.
    private const int Deepest = 100;

    private static readonly string[] Operators = ["=", "!=", "<", "<=", ">", ">=", "~", "!~"];
    private static readonly QueryExpression.All Nothing = new QueryExpression.All([]);

    private readonly QuerySource _source;
    private readonly ImmutableArray<QueryToken> _tokens;
    private int _next;
    private int _depth;
    private bool _hasGivenUp;

    private QueryParser(QuerySource source)
    {
        _source = source;
        _tokens = QueryLexer.Read(source);
    }

    private QueryToken Token => _tokens[_next];

    /// <summary>Reads the whole text; a mistake in one condition does not hide those in others.</summary>
    /// <returns>What was understood. Text without a condition holds for every trial.</returns>
    public static QueryExpression Parse(QuerySource source)
    {
        var parser = new QueryParser(source);
        return parser.Token.Kind == QueryTokenKind.End ? Nothing : parser.Whole();
    }

    private QueryExpression.All Whole()
    {
        var parts = ImmutableArray.CreateBuilder<QueryExpression>();
        parts.Add(List());
        while (Token.Kind != QueryTokenKind.End)
        {
            _source.Error(Token, $"'{Token.Text}' is not expected here.", "Between two conditions stands 'and' or 'or'.");
            _next++;
            Skip();
            if (Take("and") || Take("or") || Take(","))
            {
                parts.Add(List());
            }
        }

        return new QueryExpression.All(parts.ToImmutable());
    }

    private QueryExpression List() => Joined(",", () => Joined("or", () => Joined("and", One)));

    private QueryExpression Joined(string word, Func<QueryExpression> part)
    {
        var parts = ImmutableArray.Create(part());
        while (Take(word))
        {
            parts = parts.Add(part());
        }

        return parts.Length == 1 ? parts[0] : word == "or" ? new QueryExpression.Any(parts) : new QueryExpression.All(parts);
    }

    private QueryExpression One()
    {
        if (++_depth > Deepest)
        {
            Wrong("This is nested too deeply.", "Take brackets away, or ask twice.");
            (_next, _hasGivenUp) = (_tokens.Length - 1, true);
            return Nothing;
        }

        var one = Take("not") || Take("!") ? new QueryExpression.Not(One()) : Take("(") ? Bracketed() : Condition();
        _depth--;
        return one;
    }

    private QueryExpression Bracketed()
    {
        var inner = List();
        return Take(")") ? inner : Wrong("A bracket is not closed.", "Write ')' behind its last condition.");
    }

    private QueryExpression Condition()
    {
        if (!Token.IsContent)
        {
            return Wrong("A condition is missing here.", "Write one like p99.9 < 2ms or kernel = rt.");
        }

        var name = _tokens[_next++];
        if (Take("is"))
        {
            var not = Take("not");
            var missing = new QueryExpression.Missing(name);
            return !Take("missing") && !Take("null") ? Wrong("Only 'missing' can stand behind 'is'.", "Write: p99.999 is missing, or: p99.999 is not missing") : not ? new QueryExpression.Not(missing) : missing;
        }

        var negated = Token.Is("not") && _tokens[_next + 1].Is("in") && Take("not");
        if (Take("in"))
        {
            return Take("(") && Values(",") is { } choice && Take(")")
                ? new QueryExpression.Comparison(name, negated ? "!=" : "=", choice)
                : Wrong("Behind 'in' stand values in brackets.", "Write: kernel in (rt, nohz)");
        }

        if (!Operators.Contains(Token.Text) || Token.Kind != QueryTokenKind.Sign)
        {
            return new QueryExpression.Flag(name);
        }

        var sign = _tokens[_next++];
        return Values("|") is not { } values ? Wrong($"A value is missing behind '{sign.Text}'.", "Write a number with or without unit, a word, or a text in quotes.")
            : values.Length > 1 && sign.Text[0] is '<' or '>' ? Wrong($"'{sign.Text}' takes one value.", "Several stand behind =, != and ~ only.")
            : new QueryExpression.Comparison(name, sign.Text, values);
    }

    private ImmutableArray<QueryToken>? Values(string between)
    {
        var values = ImmutableArray.CreateBuilder<QueryToken>();
        do
        {
            if (!Token.IsContent)
            {
                return null;
            }

            values.Add(_tokens[_next++]);
        }
        while (Take(between));
        return values.ToImmutable();
    }

    private bool Take(string word)
    {
        var taken = Token.Is(word);
        _next += taken ? 1 : 0;
        return taken;
    }

    private QueryExpression.All Wrong(string message, string hint)
    {
        if (!_hasGivenUp)
        {
            _source.Error(Token, message, hint);
        }

        Skip();
        return Nothing;
    }

    // To where the next condition may begin.
    private void Skip()
    {
        while (Token.Kind != QueryTokenKind.End && !Token.Is("and") && !Token.Is("or") && !Token.Is(",") && !Token.Is(")"))
        {
            _next++;
        }
    }
}
