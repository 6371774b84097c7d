using System.Globalization;
using System.Text.RegularExpressions;

namespace Campaign.Analysis.Querying;

/// <summary>A number of a query with its unit: <c>2ms</c>, <c>10k</c>, <c>0.1%</c>, <c>1e6</c>.</summary>
/// <param name="Number">As written.</param>
/// <param name="Unit">As written; may be empty.</param>
internal sealed partial record QueryLiteral(double Number, string Unit)
{
    /// <summary>Null when the text is no number.</summary>
    public static QueryLiteral? Parse(string text) => Form.Match(text) is { Success: true } match
        ? new QueryLiteral(double.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture), match.Groups["unit"].Value)
        : null;

    /// <summary>The number in the unit of a field; a number without unit is taken to be in it.</summary>
    /// <param name="unit">As <see cref="QueryField.Unit"/>.</param>
    /// <returns>Null when the two units do not go together.</returns>
    public double? In(string unit) => Unit switch
    {
        "" => Number,
        "k" => Number * 1e3,
        "M" => Number * 1e6,
        "G" => Number * 1e9,
        "%" => unit == QueryField.Share ? Number / 100 : unit == "%" ? Number : null,
        _ => Nanoseconds(Unit) is { } own && Nanoseconds(unit) is { } other ? Number * own / other : null,
    };

    private static double? Nanoseconds(string unit) => unit switch
    {
        "ns" => 1,
        "us" or "µs" or "μs" => 1e3,
        "ms" => 1e6,
        "s" => 1e9,
        "min" => 60e9,
        "h" => 3600e9,
        _ => null,
    };

    [GeneratedRegex(@"^(?<number>[-+]?(\d+(\.\d*)?|\.\d+)([eE][-+]?\d+)?)(?<unit>ns|us|µs|μs|ms|s|min|h|k|M|G|%)?$")]
    private static partial Regex Form { get; }
}
