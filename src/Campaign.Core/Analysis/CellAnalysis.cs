using System.Collections.Immutable;
using Campaign.Conducting;
using Campaign.Definition;

namespace Campaign.Analysis;

/// <summary>All that was measured of one cell.</summary>
/// <param name="Index">0-based place among the cells in the order of the axes, the last axis running fastest.</param>
/// <param name="Values">Axis values that apply, in the order of the axes.</param>
/// <param name="Planned">Repeats that the sweep has planned.</param>
/// <param name="Trials">Finished trials by repeat, whatever their state.</param>
/// <param name="Figures">Indexed as <see cref="Measure.All"/>, over the trials that count.</param>
internal sealed record CellAnalysis(
    int Index,
    ImmutableArray<KeyValuePair<string, Value>> Values,
    int Planned,
    ImmutableArray<TrialAnalysis> Trials,
    ImmutableArray<Figure> Figures)
{
    /// <summary>Trials whose numbers go into <see cref="Figures"/>.</summary>
    public ImmutableArray<TrialAnalysis> Counted { get; } = [.. Trials.Where(t => t.Counts)];

    /// <summary>What its trials recorded, those without latencies included.</summary>
    public ImmutableArray<CellMetrics> Metrics { get; } = CellMetrics.Of(Trials.Where(t => t.Records));

    public int Missing => Planned - Trials.Length;

    public Figure this[Measure measure] => Figures[measure.Index];

    public int CountOf(TrialState state) => Trials.Count(t => t.State == state);

    /// <summary>The repeats of a figure that may be held against other cells, in nanoseconds, all above 0.</summary>
    public double[] Compared(Measure measure) => [.. Trials.Where(t => t.Compares).Select(t => t.Figures[measure.Index]).OfType<double>().Where(v => v > 0)];

    /// <summary>Null when the axis does not apply.</summary>
    public Value? ValueOf(string axis) => Values.FirstOrDefault(v => v.Key == axis).Value;

    public static CellAnalysis Of(int index, ImmutableArray<KeyValuePair<string, Value>> values, int planned, ImmutableArray<TrialAnalysis> trials) =>
        new(index, values, planned, trials, [.. Measure.All.Select(m => FigureOf(m, [.. trials.Where(t => t.Counts)]))]);

    private static Figure FigureOf(Measure measure, ImmutableArray<TrialAnalysis> counted)
    {
        var spread = Spread.Of([.. counted.Select(t => t.Figures[measure.Index]).OfType<double>()]);
        var withheld = spread is not null ? ""
            : counted.IsEmpty ? "No trial of this cell counts."
            : counted.Any(t => !t.Measurement!.Knows(measure.Name)) ? $"{measure.Name} is not stated: the imported results do not tell it."
            : measure.Withheld(counted.Max(t => t.Evaluation!.Latencies.Count));
        return new Figure(measure, spread, withheld);
    }
}
