using System.Text;

namespace Campaign.Cli.Terminal;

/// <summary>
/// A table as plain text: columns two spaces apart, numbers to the right. Data for people and for <c>awk</c>; no borders, no
/// colours.
/// </summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Adds a row, as long as the headers.</summary>
    public void Add(params string[] cells)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(cells.Length, headers.Length);
        _rows.Add(cells);
    }

    public override string ToString()
    {
        var widths = headers.Select((h, i) => _rows.Select(r => r[i].Length).Append(h.Length).Max()).ToArray();
        var right = headers.Select((_, i) => _rows.Count > 0 && _rows.TrueForAll(r => LooksNumeric(r[i]))).ToArray();
        var text = new StringBuilder();
        foreach (var row in headers.All(h => h.Length == 0) ? _rows : _rows.Prepend(headers))
        {
            var line = row.Select((cell, i) => right[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]));
            text.Append(string.Join("  ", line).TrimEnd()).Append('\n');
        }

        return text.ToString();
    }

    private static bool LooksNumeric(string cell) => cell.Length == 0 || cell == "–" || char.IsAsciiDigit(cell[0]) || cell[0] == '-';
}
