using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Reporting.Svg;

/// <summary>Where the levels of an axis stand along a drawing: numbers by their size, as ratios when they span more than a factor of ten; words equally far apart.</summary>
internal sealed class LevelScale
{
    private const double Spans = 10;
    private const double Inset = 12;

    private readonly ImmutableArray<Value> _levels;
    private readonly double[] _places;

    /// <param name="axis">With at least one level.</param>
    public LevelScale(AxisRecord axis)
    {
        _levels = axis.Values;
        double[] sizes = axis.IsNumeric ? [.. axis.Values.Select(v => v.AsNumber!.Value)] : [.. Enumerable.Range(0, axis.Values.Length).Select(i => (double)i)];
        if (axis.IsNumeric && sizes.Min() > 0 && sizes.Max() > Spans * sizes.Min())
        {
            sizes = Array.ConvertAll(sizes, Math.Log);
        }

        var (low, span) = (sizes.Min(), Math.Max(1e-9, sizes.Max() - sizes.Min()));
        _places = sizes.Length == 1 ? [(Panel.Left + Panel.Right) / 2] : [.. sizes.Select(s => Panel.Left + Inset + ((Panel.Right - Panel.Left - (2 * Inset)) * (s - low) / span))];
    }

    /// <summary>The place of a level; null for a value that is none.</summary>
    public double? this[Value? level] => level is not null && _levels.IndexOf(level) is >= 0 and var i ? _places[i] : null;

    /// <summary>Levels with room for a label of that width (units) each.</summary>
    public IEnumerable<(double X, Value Level)> Ticks(double room)
    {
        var last = double.NegativeInfinity;
        foreach (var (x, level) in _places.Zip(_levels).OrderBy(p => p.First))
        {
            if (x - last >= room)
            {
                last = x;
                yield return (x, level);
            }
        }
    }
}
