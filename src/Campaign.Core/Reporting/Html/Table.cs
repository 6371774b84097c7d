namespace Campaign.Reporting.Html;

/// <summary>Tables that scroll within themselves where the screen is narrow.</summary>
internal static class Table
{
    /// <param name="caption">What it shows.</param>
    /// <param name="kind">Class of the container.</param>
    /// <param name="headers">Of the columns; those of numbers begin with <c>#</c>, which is not shown.</param>
    /// <param name="bodies">Elements <c>tbody</c>.</param>
    public static Tag Of(string caption, string kind, IEnumerable<string> headers, params IEnumerable<Markup> bodies) =>
        new("div", ("class", ("scroll " + kind).TrimEnd()), ("role", "group"), ("tabindex", "0"), ("aria-label", caption))
        {
            new Tag("table")
            {
                new Tag("caption") { caption },
                new Tag("thead") { new Tag("tr") { headers.Select(ColumnHeader) } },
                bodies,
            },
        };

    private static Tag ColumnHeader(string text) => text.StartsWith('#')
        ? new Tag("th", ("scope", "col"), ("class", "n")) { text[1..] }
        : new Tag("th", ("scope", "col")) { text };

    public static Tag Body(IEnumerable<Markup> rows) => new("tbody") { rows };

    /// <summary>A header and its cells; cells of plain text.</summary>
    public static Tag Row(string header, params IEnumerable<string> cells) =>
        new("tr") { RowHeader(header), cells.Select(c => new Tag("td") { c }) };

    public static Tag RowHeader(string text) => new("th", ("scope", "row")) { text };

    /// <summary>Names and what they stand for.</summary>
    public static Tag Pairs(string caption, string name, string value, IEnumerable<(string Name, string Value)> pairs) =>
        Of(caption, "pairs", [name, value], Body(pairs.Select(p => Row(p.Name, p.Value))));
}
