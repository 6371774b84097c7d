using System.Collections.Immutable;

namespace Campaign.Analysis.Querying;

/// <summary>What was asked of a trial, as it was written: names are not looked up yet.</summary>
internal abstract record QueryExpression
{
    private QueryExpression()
    {
    }

    /// <summary>Every part holds; without parts always.</summary>
    public sealed record All(ImmutableArray<QueryExpression> Parts) : QueryExpression;

    /// <summary>At least one part holds.</summary>
    public sealed record Any(ImmutableArray<QueryExpression> Parts) : QueryExpression;

    public sealed record Not(QueryExpression Inner) : QueryExpression;

    /// <summary>A field against values. Never holds when the trial lacks the field.</summary>
    /// <param name="Name">Of the field.</param>
    /// <param name="Operator"><c>=</c> and <c>~</c>: one of the values will do; <c>!=</c> and <c>!~</c>: none may; <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c>, <c>&gt;=</c>: the only one.</param>
    /// <param name="Values">At least one.</param>
    public sealed record Comparison(QueryToken Name, string Operator, ImmutableArray<QueryToken> Values) : QueryExpression;

    /// <summary>The trial lacks the field.</summary>
    public sealed record Missing(QueryToken Name) : QueryExpression;

    /// <summary>A field that is true or false, by its name alone.</summary>
    public sealed record Flag(QueryToken Name) : QueryExpression;
}
