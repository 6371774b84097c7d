using Campaign.Analysis;
using Campaign.Reporting.Svg;

namespace Campaign.Reporting.Html.Sections;

/// <summary>Which line is what: each has a colour and a dash of its own, so that neither is needed alone.</summary>
internal static class Legend
{
    /// <param name="measures">In the order of their styles.</param>
    /// <param name="note">What else the drawings show.</param>
    public static Tag Of(IEnumerable<Measure> measures, string note) => Of(measures.Select(m => m.Name), note);

    /// <param name="names">In the order of their styles.</param>
    /// <param name="note">What else the drawings show.</param>
    public static Tag Of(IEnumerable<string> names, string note) => new("p", ("class", "legend"))
    {
        names.Select((n, i) => new Tag("span", ("class", $"key {LevelStyle.Text(i)}")) { Swatch($"m {LevelStyle.Line(i)}"), n }),
        new Tag("span") { note },
    };

    /// <summary>A short line of a style.</summary>
    public static Tag Swatch(string style) =>
        new("svg", ("viewBox", "0 0 36 10"), ("class", "swatch"), ("aria-hidden", "true")) { new Tag("path", ("class", style), ("d", "M1 5h34")) };
}
