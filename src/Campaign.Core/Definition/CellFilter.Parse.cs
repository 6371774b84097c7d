using System.Collections.Immutable;
using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Definition;

internal sealed partial record CellFilter
{
    /// <summary>Reads a filter: conditions with commas between them; <c>|</c> between values of which each will do; numbers may end in k or M.</summary>
    /// <param name="text">As typed.</param>
    /// <param name="axes">The axes that may be named.</param>
    /// <exception cref="CampaignException">The text is no filter, or names an axis or a value that there is not; exit code 2.</exception>
    public static CellFilter Parse(string text, ImmutableArray<Axis> axes) =>
        TryParse(text, axes, out var mistake) ?? throw new CampaignException(mistake!, ExitCode.Usage, "Write conditions like 'kernel=rt,rate>1e6'.");

    /// <returns>Null, and what is wrong, when the text is no filter.</returns>
    public static CellFilter? TryParse(string text, ImmutableArray<Axis> axes, out string? mistake)
    {
        mistake = null;
        var conditions = ImmutableArray.CreateBuilder<CellCondition>();
        foreach (var part in text.Split(','))
        {
            var match = Form.Match(part);
            mistake = match.Success
                ? Check(match.Groups["axis"].Value, match.Groups["operator"].Value, match.Groups["values"].Value, axes)
                : $"'{part.Trim()}' is no condition on an axis.";
            if (mistake is not null)
            {
                return null;
            }

            conditions.Add(new CellCondition(
                match.Groups["axis"].Value, match.Groups["operator"].Value, [.. match.Groups["values"].Value.Split('|', StringSplitOptions.TrimEntries)]));
        }

        return new CellFilter(conditions.ToImmutable());
    }

    public bool Matches(Cell cell) => Conditions.All(c => Holds(c, cell[c.Axis]));

    private static bool Holds(CellCondition condition, Value value) => condition.Operator switch
    {
        "=" => condition.Operands.Any(o => Same(value, o)),
        "!=" => !condition.Operands.Any(o => Same(value, o)),
        var order => Number(value.ToString()) is { } left && Number(condition.Operands[0]) is { } right && order switch
        {
            "<" => left < right,
            "<=" => left <= right,
            ">" => left > right,
            _ => left >= right,
        },
    };

    private static bool Same(Value value, string operand) =>
        value.ToString() == operand || (Number(value.ToString()) is { } left && Number(operand) == left);

    private static string? Check(string name, string operation, string values, ImmutableArray<Axis> axes)
    {
        if (axes.FirstOrDefault(a => a.Name == name) is not { } axis)
        {
            var near = Spelling.Closest(name, axes.Select(a => a.Name));
            return $"There is no axis '{name}'; {(near is null ? $"there are {string.Join(", ", axes.Select(a => a.Name))}." : $"did you mean '{near}'?")}";
        }

        var operands = values.Split('|', StringSplitOptions.TrimEntries);
        if (operation is "=" or "!=")
        {
            return Array.Find(operands, o => !axis.Values.Any(v => Same(v, o))) is { } unknown
                ? $"The axis '{name}' has no value '{unknown}'; it has {string.Join(", ", axis.Values)}."
                : null;
        }

        return operands is [var one] && Number(one) is not null ? null : $"'{values}' is no number to compare '{name}' with.";
    }

    /// <summary>A number, which may end in k or M.</summary>
    private static double? Number(string text)
    {
        var (digits, factor) = text switch
        {
            [.. var head, 'k'] => (head, 1e3),
            [.. var head, 'M'] => (head, 1e6),
            _ => (text, 1.0),
        };
        return double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number * factor : null;
    }

    [GeneratedRegex(@"^\s*(?<axis>[A-Za-z_]\w*)\s*(?<operator>!=|<=|>=|=|<|>)\s*(?<values>[^=<>!]*\S)\s*$")]
    private static partial Regex Form { get; }
}
