using System.Globalization;
using System.Text;

namespace Campaign.Importing.Pos;

/// <summary>Reads what Python prints of a byte string (<c>b'one\ntwo \xe2\x80\x98'</c>): pos of 2020 stored the output of commands so.</summary>
internal static class PythonBytes
{
    /// <summary>Whether a text begins as one.</summary>
    public static bool Looks(ReadOnlySpan<char> text) => text is ['b', '\'' or '"', ..];

    /// <summary>The bytes as UTF-8 text; the text itself when it is none. One that was cut is read to its end.</summary>
    public static string Decode(string text)
    {
        if (!Looks(text))
        {
            return text;
        }

        var (quote, bytes) = (text[1], new List<byte>(text.Length));
        for (var i = 2; i < text.Length && text[i] != quote; i++)
        {
            if (text[i] != '\\' || i + 1 == text.Length)
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(text, i, 1));
                continue;
            }

            i++;
            if (text[i] == 'x' && i + 2 < text.Length && byte.TryParse(text.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.Add(text[i] switch { 'n' => (byte)'\n', 'r' => (byte)'\r', 't' => (byte)'\t', var other => (byte)other });
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }
}
