using System.Collections.Immutable;
using System.Globalization;
using Campaign.Definition;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Analysis;

/// <summary>Axis values for people.</summary>
internal sealed class ValueLabel(ImmutableArray<AxisRecord> axes)
{
    /// <summary><c>10 kpkt/s</c>, <c>64 B</c>, <c>rt</c>, <c>true</c>.</summary>
    public string Of(string axis, Value value) => (axes.FirstOrDefault(a => a.Name == axis)?.Unit ?? "", value) switch
    {
        ("pkt/s", Value.Integer { Content: var rate }) => new PacketRate(rate).ToString(),
        ("pkt/s", Value.Number { Content: var rate }) => new PacketRate(rate).ToString(),
        ("", _) => value.ToString(),
        (var unit, _) => string.Create(CultureInfo.InvariantCulture, $"{value} {unit}"),
    };

    /// <summary><c>kernel rt, rate 10 kpkt/s</c>; <c>the only cell</c> when there is no axis, <c>no values</c> when none is known or applies.</summary>
    public string Of(ImmutableArray<KeyValuePair<string, Value>> values) =>
        values.IsEmpty ? (axes.IsEmpty ? "the only cell" : "no values") : string.Join(", ", values.Select(v => $"{v.Key} {Of(v.Key, v.Value)}"));
}
