using System.Collections.Immutable;

namespace Campaign.Definition;

/// <summary>
/// One combination of axis values. Names are in the order in which the axes were declared; an axis that does not apply
/// (its <c>only</c> said no) is <see cref="Value.Nil"/>; derived values come last.
/// </summary>
internal sealed class Cell(ImmutableArray<string> names, ImmutableArray<Value> values)
{
    /// <summary>Axis names, then names of derived values.</summary>
    public ImmutableArray<string> Names { get; } = names;

    /// <summary>As long as <see cref="Names"/>.</summary>
    public ImmutableArray<Value> Values { get; } = values;

    /// <summary>The value of an axis or derived value; <see cref="Value.Nil"/> when the cell has none of that name.</summary>
    public Value this[string name] => Names.IndexOf(name) is >= 0 and var i ? Values[i] : Value.Nil.Instance;

    /// <summary><c>kernel=rt,rate=10000</c>: what people type and read. Values that do not apply are left out.</summary>
    public override string ToString() =>
        string.Join(',', Names.Zip(Values).Where(p => p.Second is not Value.Nil).Select(p => $"{p.First}={p.Second}"));
}
