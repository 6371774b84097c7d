using System.Globalization;
using System.Text;

namespace Campaign.Reporting.Texts;

/// <summary>The one place where text becomes LaTeX: it stands for itself, on one line, with any engine and in any encoding of fonts.</summary>
internal static class LatexText
{
    /// <summary>Letters that every LaTeX can set: English ones with an accent, and the few others of its first fonts.</summary>
    private const string Latin =
        "ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝàáâãäåçèéêëìíîïñòóôõöùúûüýÿĀāĂăĆćĈĉĊċČčĎďĒēĔĕĖėĚě"
        + "ĜĝĞğĠġĢģĤĥĨĩĪīĬĭİĴĵĶķĹĺĻļĽľŃńŅņŇňŌōŎŏŐőŔŕŖŗŘřŚśŜŝŞşŠšŢţŤťŨũŪūŬŭŮůŰűŴŵŶŷŸŹźŻ"
        + "żŽžßæÆøØœŒłŁ";

    public static string Escape(string plain)
    {
        var text = new StringBuilder();
        var before = default(Rune);
        foreach (var rune in plain.EnumerateRunes())
        {
            // Two hyphens are a dash to LaTeX, two quotes another quote, ?` a sign.
            text.Append(rune == before && rune.Value is '-' or '\'' or ',' || rune.Value is '`' ? "{}" : "").Append(Of(rune));
            before = rune;
        }

        return text.ToString();
    }

    private static string Of(Rune rune) => rune.Value switch
    {
        '\\' => @"\textbackslash{}",
        '~' => @"\textasciitilde{}",
        '^' => @"\textasciicircum{}",
        '<' => @"\textless{}",
        '>' => @"\textgreater{}",
        '|' => @"\textbar{}",
        '"' => "{''}",
        '&' or '%' or '#' or '_' or '{' or '}' => $@"\{rune}",

        // Behind the end of a row, these begin an option.
        '[' or ']' or '*' => $"{{{rune}}}",
        '\u00B5' or '\u03BC' => @"$\mu$",
        // The signs of text are in a font that comes as a bitmap.
        '$' => @"$\mathdollar$",
        '§' => @"$\mathsection$",
        '°' => @"$^\circ$",
        '×' => @"$\times$",
        '±' => @"$\pm$",
        '−' => "$-$",
        '≤' => @"$\le$",
        '≥' => @"$\ge$",
        '→' => @"$\to$",
        '–' => "--",
        '—' => "---",
        '…' => @"\ldots{}",
        '‘' => "`",
        '’' => "'",
        '“' => "``",
        '”' => "''",
        '\u00A0' => "~",
        '\u2009' or '\u202F' => @"\,",
        _ when Rune.IsControl(rune) => " ",
        _ when rune.IsAscii || Latin.Contains(rune.ToString(), StringComparison.Ordinal) => rune.ToString(),

        // LaTeX stops at a character that its fonts do not have.
        var other => string.Create(CultureInfo.InvariantCulture, $"U+{other:X4}"),
    };
}
