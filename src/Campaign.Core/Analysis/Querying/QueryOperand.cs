using System.Globalization;
using Campaign.Definition;

namespace Campaign.Analysis.Querying;

/// <summary>What a query compares values with.</summary>
/// <param name="Text">As written.</param>
/// <param name="Number">In the field's unit; null when it is no number.</param>
internal sealed record QueryOperand(string Text, double? Number)
{
    /// <summary>
    /// Where a value stands against this: below 0, at 0 or above. Two numbers are compared as such, also a fact that looks like one; otherwise it is the alphabetic order of
    /// characters. Null between a number and what is none, which are neither alike nor in any order.
    /// </summary>
    /// <param name="value">Not nil.</param>
    public int? Order(Value value)
    {
        var text = value.ToString();
        return text == Text ? 0
            : (Number, NumberOf(value, text)) switch
            {
                ({ } number, { } other) => other.CompareTo(number),
                (null, null) => string.CompareOrdinal(text, Text),
                _ => null,
            };
    }

    /// <summary>Whether this is a part of the value's text; letters of either case are alike.</summary>
    /// <param name="value">Not nil.</param>
    public bool IsWithin(Value value) => value.ToString().Contains(Text, StringComparison.OrdinalIgnoreCase);

    private static double? NumberOf(Value value, string text) =>
        value is Value.Text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : value.AsNumber;
}
