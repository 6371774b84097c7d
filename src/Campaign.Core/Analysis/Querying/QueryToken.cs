namespace Campaign.Analysis.Querying;

/// <summary>A piece of a query.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">What it says; of a quoted text, what is between the quotes.</param>
/// <param name="Start">0-based place in the text.</param>
/// <param name="Length">Characters as typed.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Text, int Start, int Length)
{
    private static readonly string[] Keywords = ["and", "or", "not", "in", "is"];

    /// <summary>Whether it is this sign, or this keyword in letters of either case.</summary>
    public bool Is(string text) => Kind switch
    {
        QueryTokenKind.Sign => Text == text,
        QueryTokenKind.Word => string.Equals(Text, text, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    /// <summary>Whether it can be a name or a value: a quoted text, or a word that is no keyword.</summary>
    public bool IsContent => Kind == QueryTokenKind.Quoted || (Kind == QueryTokenKind.Word && !Keywords.Contains(Text, StringComparer.OrdinalIgnoreCase));
}

internal enum QueryTokenKind
{
    /// <summary>A name, a keyword, a number with or without unit, a text without quotes.</summary>
    Word,

    /// <summary>A text in single or double quotes.</summary>
    Quoted,

    /// <summary>A comparison, a bracket, a comma, a bar.</summary>
    Sign,

    /// <summary>Behind the last.</summary>
    End,
}
