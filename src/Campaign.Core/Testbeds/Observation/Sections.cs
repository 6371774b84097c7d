namespace Campaign.Testbeds.Observation;

/// <summary>What <c>observe.sh</c> printed: lines under headings.</summary>
internal sealed class Sections
{
    private const string Heading = "## ";

    private readonly Dictionary<string, List<string>> _lines = new(StringComparer.Ordinal);

    /// <exception cref="TestbedException">The output is not whole.</exception>
    public static Sections Parse(string text)
    {
        var sections = new Sections();
        List<string> current = [];
        foreach (var line in text.Split('\n'))
        {
            if (line.StartsWith(Heading, StringComparison.Ordinal))
                sections._lines[line[Heading.Length..].Trim()] = current = [];
            else if (line.Length > 0)
                current.Add(line);
        }

        return sections.Has("end")
            ? sections
            : throw new TestbedException("The state of the device under test was not read to its end.");
    }

    public bool Has(string name) => _lines.ContainsKey(name);

    /// <summary>Lines of a section; none when there is no such section.</summary>
    public IReadOnlyList<string> Lines(string name) => _lines.TryGetValue(name, out var lines) ? lines : [];

    /// <summary>The first line of a section, trimmed; null when there is none.</summary>
    public string? Line(string name) => Lines(name) is [var first, ..] ? first.Trim() : null;
}
