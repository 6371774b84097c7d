using System.Collections.Immutable;

namespace Campaign.Definition;

/// <summary>
/// Chooses cells by the values of their axes: <c>kernel=rt,rate&gt;1e6</c>. All conditions must hold; a condition may
/// name several values (<c>kernel=rt|nohz</c>).
/// </summary>
internal sealed partial record CellFilter(ImmutableArray<CellCondition> Conditions);

/// <summary>One condition: <c>=</c>, <c>!=</c>, <c>&lt;</c>, <c>&lt;=</c>, <c>&gt;</c> or <c>&gt;=</c>.</summary>
internal sealed record CellCondition(string Axis, string Operator, ImmutableArray<string> Operands);
