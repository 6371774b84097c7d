using System.Globalization;
using System.Text;

namespace Campaign.Reporting.Html;

/// <summary>
/// Writes HTML and SVG. Everything that is text or the value of an attribute goes through <see cref="Escape"/>, the one place that
/// escapes; there is no other way in but names of elements and attributes, which are the program's own.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>Text as HTML, in content and in quoted attributes.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                < ' ' and not ('\n' or '\t') => escaped.Append('\uFFFD'),
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }

    /// <summary>A coordinate: two decimals at most, as short as it goes.</summary>
    public static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    public HtmlWriter Text(string text)
    {
        _text.Append(Escape(text));
        return this;
    }

    /// <summary>An element with what <paramref name="body"/> writes in it.</summary>
    /// <param name="name">With classes: <c>p.note</c> is <c>&lt;p class="note"&gt;</c>.</param>
    public void Element(string name, Action body, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var tag = Open(name, attributes);
        _text.Append('>');
        body();
        _text.Append(CultureInfo.InvariantCulture, $"</{tag}>");
    }

    /// <summary>An element with text in it.</summary>
    public void Element(string name, string text, params ReadOnlySpan<(string Name, string Value)> attributes) =>
        Element(name, () => Text(text), attributes);

    /// <summary>An element without content.</summary>
    public void Empty(string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        Open(name, attributes);
        _text.Append("/>");
    }

    /// <summary>The program's own text, such as a style sheet: not escaped.</summary>
    public void Own(string text) => _text.Append(text);

    public void Line() => _text.Append('\n');

    public override string ToString() => _text.ToString();

    private string Open(string name, ReadOnlySpan<(string Name, string Value)> attributes)
    {
        var parts = name.Split('.');
        _text.Append('<').Append(parts[0]);
        if (parts.Length > 1)
        {
            _text.Append(CultureInfo.InvariantCulture, $" class=\"{string.Join(' ', parts[1..])}\"");
        }

        foreach (var (attribute, value) in attributes)
        {
            _text.Append(CultureInfo.InvariantCulture, $" {attribute}=\"{Escape(value)}\"");
        }

        return parts[0];
    }
}
