using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>What is stored of axes and cells, in the words of the campaign language, for its filters and gates.</summary>
internal static class StoredAxes
{
    /// <param name="sweep">As stored.</param>
    /// <param name="where">Where a mistake would be shown.</param>
    public static ImmutableArray<Axis> Of(SweepRecord sweep, SourceSpan where) => [.. sweep.Axes.Select(a => new Axis(a.Name, a.Values, a.Unit, null, null, where))];

    public static Cell CellOf(ImmutableArray<KeyValuePair<string, Value>> values) => new([.. values.Select(v => v.Key)], [.. values.Select(v => v.Value)]);
}
