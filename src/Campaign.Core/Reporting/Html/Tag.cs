using System.Collections;
using System.Text;

namespace Campaign.Reporting.Html;

/// <summary>A piece of HTML or SVG: text or an element. Text converts by itself and is escaped when it is written.</summary>
internal abstract class Markup
{
    public abstract void Write(StringBuilder html);

    public static implicit operator Markup(string text) => new Literal(text);

    public sealed override string ToString()
    {
        var html = new StringBuilder();
        Write(html);
        return html.ToString();
    }

    private sealed class Literal(string text) : Markup
    {
        public override void Write(StringBuilder html) => HtmlText.Append(html, text);
    }
}

/// <summary>An element with its attributes and what it contains: <c>new Tag("p", ("class", "note")) { "text", new Tag("b") { "bold" } }</c>.</summary>
/// <param name="name">A name of HTML or SVG, from this program, never from data.</param>
/// <param name="attributes">Names from this program; values are escaped; null leaves the attribute out.</param>
internal sealed class Tag(string name, params (string Name, string? Value)[] attributes) : Markup, IEnumerable
{
    // Their end is implied by what follows or the tag is empty: in tables of a thousand rows the difference counts.
    private static readonly HashSet<string> EndImplied = ["td", "th", "tr", "li", "meta", "br", "hr", "col"];

    // Elements of SVG, which may close themselves.
    private static readonly HashSet<string> Drawn = ["path", "use", "line", "rect", "circle"];

    private readonly List<Markup> _content = [];

    public void Add(Markup? content)
    {
        if (content is not null)
        {
            _content.Add(content);
        }
    }

    public void Add(IEnumerable<Markup> content) => _content.AddRange(content);

    public override void Write(StringBuilder html)
    {
        html.Append('<').Append(name);
        foreach (var (attribute, value) in attributes)
        {
            if (value is not null)
            {
                html.Append(' ').Append(attribute).Append("=\"");
                HtmlText.Append(html, value);
                html.Append('"');
            }
        }

        if (_content.Count == 0 && Drawn.Contains(name))
        {
            html.Append("/>");
            return;
        }

        html.Append('>');
        foreach (var part in _content)
        {
            part.Write(html);
        }

        if (!EndImplied.Contains(name))
        {
            html.Append("</").Append(name).Append('>');
        }

        if (name is "section" or "p" or "tr" or "details" or "figure" or "table" or "svg" or "li" or "h2" or "h3")
        {
            html.Append('\n');
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => _content.GetEnumerator();
}
