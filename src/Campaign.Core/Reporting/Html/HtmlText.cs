using System.Text;

namespace Campaign.Reporting.Html;

/// <summary>The one place where text becomes HTML. Everything that a person, a host or a packet wrote goes through it.</summary>
internal static class HtmlText
{
    /// <summary>Appends text so that it stands for itself, within an element as well as within a quoted attribute.</summary>
    /// <remarks>Control characters, which HTML forbids, become their pictures (U+2400 …); halves of surrogate pairs become U+FFFD.</remarks>
    public static void Append(StringBuilder html, string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            switch (rune.Value)
            {
                case '&':
                    html.Append("&amp;");
                    break;
                case '<':
                    html.Append("&lt;");
                    break;
                case '>':
                    html.Append("&gt;");
                    break;
                case '"':
                    html.Append("&quot;");
                    break;
                case '\'':
                    html.Append("&#39;");
                    break;
                case < 0x20 and not ('\t' or '\n'):
                    html.Append((char)(0x2400 + rune.Value));
                    break;
                case 0x7F:
                    html.Append('\u2421');
                    break;
                case >= 0x80 and < 0xA0:
                    html.Append('\uFFFD');
                    break;
                default:
                    html.Append(rune.ToString());
                    break;
            }
        }
    }

    /// <summary>A file's path, relative to the report, as the value of <c>href</c>: never a scheme, never out of the folder.</summary>
    /// <param name="path">With <c>/</c> between its parts.</param>
    public static string RelativeAddress(string path) => "./" + string.Join('/', path.Split('/').Select(Uri.EscapeDataString));
}
