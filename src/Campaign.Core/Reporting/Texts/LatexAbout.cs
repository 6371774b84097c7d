using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis;
using Campaign.Storage;

namespace Campaign.Reporting.Texts;

/// <summary>What the floats of a sweep have in common.</summary>
/// <param name="sweep">The sweep.</param>
/// <param name="name">Its name in labels.</param>
internal sealed class LatexAbout(SweepRecord sweep, string name)
{
    public ValueLabel Label { get; } = new(sweep.Axes);

    /// <summary>Axes with several levels. Those with one are told in the captions.</summary>
    public ImmutableArray<AxisRecord> Swept { get; } = [.. sweep.Axes.Where(a => a.Values.Length > 1)];

    /// <summary>A caption that says whose figures these are, and a label.</summary>
    /// <param name="kind"><c>tab</c> or <c>fig</c>.</param>
    /// <param name="number">0 for the first of its kind.</param>
    /// <param name="what">Sentences about what is seen.</param>
    public string Caption(string kind, int number, string what)
    {
        var title = sweep.Title.TrimEnd('.') + (sweep.Title.EndsWith('?') || sweep.Title.EndsWith('!') ? "" : ".");
        var same = sweep.Axes.Except(Swept).Select(a => $"{a.Name} {Label.Of(a.Name, a.Values[0])}").ToArray();
        var everywhere = same.Length == 0 ? "" : $" Everywhere {string.Join(", ", same)}.";
        var label = number == 0 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}-{number + 1}");
        return $$"""
            \caption{{{LatexText.Escape($"{title} {what}{everywhere} {Origin.Of(sweep).What}")}}}
            \label{{{kind}}:{{label}}}

            """;
    }
}
