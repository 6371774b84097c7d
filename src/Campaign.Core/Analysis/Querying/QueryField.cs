using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Analysis.Querying;

/// <summary>Something that is known of a trial, under the name by which queries ask for it and tables show it.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">What its values are.</param>
/// <param name="Unit"><c>ns</c>, <c>s</c>, <c>pkt/s</c>, <see cref="Share"/>, that of an axis or a metric; empty: none.</param>
/// <param name="Meaning">A line for people.</param>
/// <param name="Read">Nil where the trial lacks it: not measured, not known, or too few packets to state it.</param>
internal sealed record QueryField(string Name, QueryFieldKind Kind, string Unit, string Meaning, Func<QueriedTrial, Value> Read)
{
    /// <summary>The unit of a part of a whole: 0.01 is 1 %.</summary>
    public const string Share = "1";

    /// <summary>All values that it can have; empty: any.</summary>
    public ImmutableArray<Value> Levels { get; init; } = [];
}

/// <summary>What the values of a field are, or nil.</summary>
internal enum QueryFieldKind
{
    /// <summary><see cref="Value.Text"/>; of axes and parameters also what has no other kind in common.</summary>
    Text,

    /// <summary><see cref="Value.Integer"/>.</summary>
    Integer,

    /// <summary><see cref="Value.Number"/> or <see cref="Value.Integer"/>, finite.</summary>
    Number,

    /// <summary><see cref="Value.Boolean"/>.</summary>
    Boolean,

    /// <summary><see cref="Value.Text"/> as <see cref="QueryTime"/> writes it.</summary>
    Time,
}
