using System.Collections.Immutable;
using Campaign.Definition;

namespace Campaign.Analysis.Querying;

/// <summary>What a query found.</summary>
/// <param name="Columns">At least one.</param>
/// <param name="Rows">Each as long as <paramref name="Columns"/>; nil where there is nothing.</param>
internal sealed record QueryTable(ImmutableArray<QueryColumn> Columns, ImmutableArray<ImmutableArray<Value>> Rows)
{
    /// <summary>What can be asked, as a table of its own.</summary>
    public static QueryTable Of(IEnumerable<QueryField> fields) => new(
        [new("name", QueryFieldKind.Text, ""), new("kind", QueryFieldKind.Text, ""), new("unit", QueryFieldKind.Text, ""), new("meaning", QueryFieldKind.Text, "")],
        [.. fields.Select(f => ImmutableArray.Create(Value.Of(f.Name), Value.Of(f.Kind.ToString().ToLowerInvariant()), f.Unit.Length == 0 ? Value.Nil.Instance : Value.Of(f.Unit), Value.Of(Meaning(f))))]);

    private static string Meaning(QueryField field) => field.Levels.IsEmpty ? field.Meaning : $"{field.Meaning}: {string.Join(", ", field.Levels)}";
}

/// <summary>A column.</summary>
/// <param name="Name">Unique.</param>
/// <param name="Kind">Of its values.</param>
/// <param name="Unit">As <see cref="QueryField.Unit"/>.</param>
internal sealed record QueryColumn(string Name, QueryFieldKind Kind, string Unit);
