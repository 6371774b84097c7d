using System.Collections.Immutable;

namespace Campaign.Analysis.Querying;

/// <summary>From text to tokens. Whatever is no sign, no blank and no quote makes words: <c>p99.9</c>, <c>2ms</c>, <c>6.1.0-25-amd64</c>, <c>2026-03-01T09:30</c>.</summary>
internal static class QueryLexer
{
    // Longer ones first.
    private static readonly string[] Signs = ["==", "!=", "<>", "<=", ">=", "!~", "=", "<", ">", "~", "(", ")", ",", "|", "!"];

    /// <returns>The tokens, the last of which is <see cref="QueryTokenKind.End"/>.</returns>
    public static ImmutableArray<QueryToken> Read(QuerySource source)
    {
        var tokens = ImmutableArray.CreateBuilder<QueryToken>();
        for (var at = 0; at < source.Text.Length;)
        {
            if (char.IsWhiteSpace(source.Text[at]))
            {
                at++;
                continue;
            }

            tokens.Add(Next(source, at));
            at += tokens[^1].Length;
        }

        tokens.Add(new QueryToken(QueryTokenKind.End, "", source.Text.Length, 0));
        return tokens.ToImmutable();
    }

    private static QueryToken Next(QuerySource source, int at)
    {
        if (SignAt(source.Text, at) is { } sign)
        {
            return new QueryToken(QueryTokenKind.Sign, sign switch { "==" => "=", "<>" => "!=", _ => sign }, at, sign.Length);
        }

        if (source.Text[at] is '\'' or '"')
        {
            return Quoted(source, at);
        }

        var end = at + 1;
        while (end < source.Text.Length && !char.IsWhiteSpace(source.Text[end]) && source.Text[end] is not ('\'' or '"') && SignAt(source.Text, end) is null)
        {
            end++;
        }

        return new QueryToken(QueryTokenKind.Word, source.Text[at..end], at, end - at);
    }

    private static QueryToken Quoted(QuerySource source, int at)
    {
        var end = source.Text.IndexOf(source.Text[at], at + 1);
        if (end >= 0)
        {
            return new QueryToken(QueryTokenKind.Quoted, source.Text[(at + 1)..end], at, end + 1 - at);
        }

        var rest = new QueryToken(QueryTokenKind.Quoted, source.Text[(at + 1)..], at, source.Text.Length - at);
        source.Error(rest, "The quote is not closed.", $"End the text with {source.Text[at]}");
        return rest;
    }

    private static string? SignAt(string text, int at) => Array.Find(Signs, s => string.CompareOrdinal(text, at, s, 0, s.Length) == 0);
}
