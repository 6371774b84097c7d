namespace Campaign.Reporting.Html;

/// <summary>A table that scrolls within itself on a narrow screen.</summary>
internal static class HtmlTable
{
    /// <param name="html">Where to.</param>
    /// <param name="caption">What it shows; for everybody, and for screen readers.</param>
    /// <param name="headers">Column headers; one that ends in <c>#</c> heads numbers.</param>
    /// <param name="rows">Cells as long as the headers; the first is the row's header.</param>
    public static void Write(HtmlWriter html, string caption, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<Cell>> rows) =>
        html.Element(
            "div.scroll",
            () => html.Element("table", () =>
            {
                html.Element("caption", caption);
                html.Element("thead", () => html.Element("tr", () =>
                {
                    foreach (var header in headers)
                    {
                        html.Element(header.EndsWith('#') ? "th.n" : "th", header.TrimEnd('#'), ("scope", "col"));
                    }
                }));
                html.Element("tbody", () =>
                {
                    foreach (var row in rows)
                    {
                        html.Line();
                        html.Element("tr", () => Row(html, headers, row));
                    }
                });
            }),
            ("tabindex", "0"),
            ("role", "region"),
            ("aria-label", caption));

    private static void Row(HtmlWriter html, IReadOnlyList<string> headers, IReadOnlyList<Cell> row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            var cell = row[i];
            var number = headers[i].EndsWith('#') ? ".n" : "";
            void Body()
            {
                html.Text(cell.Text);
                if (cell.Note.Length > 0)
                {
                    html.Own(" ");
                    html.Element("small", cell.Note);
                }
            }

            if (i == 0)
            {
                html.Element("th" + cell.Class, Body, ("scope", "row"));
            }
            else if (cell.Heat is { } heat)
            {
                html.Element("td.heat" + number + cell.Class, Body, ("style", $"--h:{HtmlWriter.Number(heat)}"));
            }
            else
            {
                html.Element("td" + number + cell.Class, Body);
            }
        }
    }

    /// <summary>One cell.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="Note">Small print behind it.</param>
    /// <param name="Class">Classes, each with a dot before it.</param>
    /// <param name="Heat">0 to 1: how much of the column's range; only repeats what the number says.</param>
    internal readonly record struct Cell(string Text, string Note = "", string Class = "", double? Heat = null)
    {
        public static implicit operator Cell(string text) => new(text);
    }
}
