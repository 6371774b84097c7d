using System.Text;

namespace Campaign.Planning;

/// <summary>
/// Plain text in aligned columns, two spaces in from the left, two between columns. The last column wraps at spaces to keep
/// within the width; no line ends with a space. A column without entries takes no room.
/// </summary>
internal static class TextColumns
{
    private const string Gap = "  ";
    private const int NarrowestLast = 24;

    /// <param name="text">Where the lines go.</param>
    /// <param name="rows">Rows with equally many columns.</param>
    /// <param name="width">Characters per line.</param>
    /// <param name="right">Columns whose entries stand to the right.</param>
    public static void Write(StringBuilder text, IReadOnlyList<string[]> rows, int width, params ReadOnlySpan<int> right)
    {
        if (rows.Count == 0)
        {
            return;
        }

        int[] widths = [.. Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(r => r[column].Length))];
        var indent = Gap.Length + widths[..^1].Where(w => w > 0).Sum(w => w + Gap.Length);
        foreach (var row in rows)
        {
            var line = new StringBuilder(Gap);
            foreach (var i in Enumerable.Range(0, row.Length - 1).Where(i => widths[i] > 0))
            {
                line.Append(right.Contains(i) ? row[i].PadLeft(widths[i]) : row[i].PadRight(widths[i])).Append(Gap);
            }

            foreach (var part in Wrap(row[^1], Math.Max(width - indent, NarrowestLast)))
            {
                text.Append(line.Append(part).ToString().TrimEnd()).Append('\n');
                line.Clear().Append(' ', indent);
            }
        }
    }

    /// <summary>Characters of the longest line, were nothing wrapped.</summary>
    public static int WidthOf(IReadOnlyList<string[]> rows) =>
        Enumerable.Range(0, rows[0].Length).Sum(column => Gap.Length + rows.Max(r => r[column].Length));

    /// <summary>Lines of at most <paramref name="width"/> characters, but for words that are longer.</summary>
    public static IEnumerable<string> Wrap(string text, int width)
    {
        while (text.Length > width)
        {
            var end = text.LastIndexOf(' ', width);
            end = end > 0 ? end : text.IndexOf(' ', width);
            if (end < 0)
            {
                break;
            }

            yield return text[..end];
            text = text[(end + 1)..];
        }

        yield return text;
    }
}
