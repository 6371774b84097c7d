using Campaign.Reporting.Html;

namespace Campaign.Reporting.Svg;

/// <summary>The frame of a small plot: size, margins, and an axis of latencies on the left.</summary>
internal static class Frame
{
    public const double Width = 360;
    public const double Height = 230;
    public const double Left = 52;
    public const double Right = 350;
    public const double Top = 8;
    public const double Bottom = 196;

    private const double MostLabels = 7;

    /// <summary>Writes a plot that says in words what it shows.</summary>
    public static void Write(HtmlWriter html, string title, string description, Action body) => html.Element(
        "svg",
        () =>
        {
            html.Element("title", title);
            html.Element("desc", description);
            body();
        },
        ("viewBox", FormattableString.Invariant($"0 0 {Width} {Height}")),
        ("role", "img"));

    /// <summary>Grid and labels of an axis of latencies in nanoseconds.</summary>
    public static void Latencies(HtmlWriter html, LogScale y)
    {
        var ticks = y.Ticks().ToArray();
        foreach (var tick in ticks)
        {
            Line(html, "grid", Left, y.At(tick), Right, y.At(tick));
            if (ticks.Length <= MostLabels || LogScale.IsDecade(tick))
            {
                Text(html, Left - 6, y.At(tick) + 3.5, "end", Short(tick));
            }
        }
    }

    /// <summary>A tick of the axis at the bottom.</summary>
    public static void Tick(HtmlWriter html, double x, string label)
    {
        Line(html, "grid", x, Top, x, Bottom);
        Text(html, x, Bottom + 14, "middle", label);
    }

    /// <summary>What the axis at the bottom is.</summary>
    public static void Bottoms(HtmlWriter html, string label)
    {
        Line(html, "axis", Left, Bottom, Right, Bottom);
        Text(html, (Left + Right) / 2, Bottom + 29, "middle", label);
    }

    public static void Line(HtmlWriter html, string name, double x1, double y1, double x2, double y2) => html.Empty(
        "path." + name.Replace(' ', '.'),
        ("d", $"M{HtmlWriter.Number(x1)} {HtmlWriter.Number(y1)}L{HtmlWriter.Number(x2)} {HtmlWriter.Number(y2)}"));

    public static void Text(HtmlWriter html, double x, double y, string anchor, string text) => html.Element(
        "text", text, ("x", HtmlWriter.Number(x)), ("y", HtmlWriter.Number(y)), ("text-anchor", anchor));

    // Ticks are 1, 2 or 5 of a decade: no decimals.
    private static string Short(double nanoseconds) => nanoseconds switch
    {
        < 1e3 => $"{nanoseconds:0} ns",
        < 1e6 => $"{nanoseconds / 1e3:0} µs",
        < 1e9 => $"{nanoseconds / 1e6:0} ms",
        _ => $"{nanoseconds / 1e9:0} s",
    };
}
