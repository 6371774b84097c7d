using System.Globalization;

namespace Campaign.Reporting.Svg;

/// <summary>The look of a level: six colours, each with a dash of its own. From the seventh on they come again, and a further class keeps them apart for the script.</summary>
internal static class LevelStyle
{
    private const int Styles = 6;

    /// <summary>Class of a line or of dots: <c>l0</c>, <c>l0 n6</c>.</summary>
    /// <param name="level">From 0.</param>
    public static string Line(int level) => Of("l", level);

    /// <summary>Class of a text in the same colour: <c>f0</c>, <c>f0 n6</c>.</summary>
    /// <param name="level">From 0.</param>
    public static string Text(int level) => Of("f", level);

    private static string Of(string kind, int level) => string.Create(CultureInfo.InvariantCulture, $"{kind}{level % Styles}{(level < Styles ? "" : $" n{level}")}");
}
