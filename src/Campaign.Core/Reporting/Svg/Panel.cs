using System.Globalization;
using System.Text;
using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>A drawing that scales with the width it is given: its text stays readable from about 320 pixels on.</summary>
internal static class Panel
{
    public const double Width = 400;
    public const double Left = 58;
    public const double Right = 384;
    public const double TextHeight = 13;

    /// <param name="height">In units; the width is <see cref="Width"/>.</param>
    /// <param name="title">What it shows, for those who cannot see it.</param>
    /// <param name="description">What there is to see in it.</param>
    /// <param name="content">Elements of SVG.</param>
    /// <param name="data">More attributes.</param>
    public static Tag Of(double height, string title, string description, IEnumerable<Markup> content, params (string Name, string? Value)[] data) =>
        new("svg", [("viewBox", $"0 0 {PathData.Number(Width)} {PathData.Number(height)}"), ("role", "img"), .. data])
        {
            new Tag("title") { title },
            new Tag("desc") { description },
            content,
        };

    /// <summary>Numbers for the script, from which it reads values off the drawing.</summary>
    public static string Data(params ReadOnlySpan<double> numbers)
    {
        var text = new StringBuilder();
        foreach (var number in numbers)
        {
            text.Append(text.Length > 0 ? " " : "").Append(number.ToString("G9", CultureInfo.InvariantCulture));
        }

        return text.ToString();
    }

    public static Tag Text(double x, double y, string kind, string text) =>
        new("text", ("x", PathData.Number(x)), ("y", PathData.Number(y)), ("class", kind)) { text };

    public static Tag Path(string kind, PathData data) => new("path", ("class", kind), ("d", data.ToString()));

    public static Tag Use(string id, string? kind = null, double y = 0) =>
        new("use", ("href", "#" + id), ("class", kind), ("y", y == 0 ? null : PathData.Number(y)));
}
