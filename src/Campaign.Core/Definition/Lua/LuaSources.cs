using System.Globalization;
using System.Text.RegularExpressions;
using Campaign.Diagnostics;

namespace Campaign.Definition.Lua;

/// <summary>
/// The files that an engine has read, under short names: Lua cuts long names of chunks, and places in messages must lead to the file.
/// </summary>
internal sealed partial class LuaSources
{
    private readonly List<string> _files = [];

    public IReadOnlyList<string> Files => _files;

    /// <returns>The chunk name of a file: <c>#1</c>, <c>#2</c>, …</returns>
    public string Add(string file)
    {
        _files.Add(file);
        return string.Create(CultureInfo.InvariantCulture, $"#{_files.Count}");
    }

    /// <summary>The place that <c>#1:12</c> names; null when it names none.</summary>
    public SourceSpan? Place(string where) => At.Match(where) is { Success: true } match ? Span(match) : null;

    /// <summary>Splits what Lua says into a place and a message, with files instead of chunk names.</summary>
    public (SourceSpan? Where, string Message) Explain(string message)
    {
        var match = Beginning.Match(message);
        return match.Success ? (Span(match), Named(message[match.Length..])) : (null, Named(message));
    }

    /// <summary>Chunk names in a longer text, such as a traceback, replaced by files.</summary>
    public string Named(string text) => At.Replace(text, m => $"{Span(m).File}:{m.Groups["line"].Value}");

    private SourceSpan Span(Match match)
    {
        var file = _files[int.Parse(match.Groups["file"].ValueSpan, CultureInfo.InvariantCulture) - 1];
        var line = int.Parse(match.Groups["line"].ValueSpan, CultureInfo.InvariantCulture);
        var text = File.Exists(file) ? File.ReadLines(file).Skip(line - 1).FirstOrDefault() : null;
        return new SourceSpan(file, line, text is null ? 1 : text.Length - text.TrimStart().Length + 1);
    }

    [GeneratedRegex(@"#(?<file>[0-9]+):(?<line>[0-9]+)")]
    private static partial Regex At { get; }

    [GeneratedRegex(@"^#(?<file>[0-9]+):(?<line>[0-9]+): ?")]
    private static partial Regex Beginning { get; }
}
