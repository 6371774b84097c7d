using System.Collections.Immutable;
using Campaign.Analysis.Statistics;
using Campaign.Definition;
using Campaign.Storage;

namespace Campaign.Analysis;

/// <summary>
/// Chooses which levels are held against each other. An axis of words: every two of its levels, apart for each combination of the other axes of words, because pooling hides
/// what differs between them; over everything where only that gives enough cells for ranks. An axis of numbers: each level against the first, over everything.
/// </summary>
internal static class Contrasts
{
    /// <summary>All contrasts of the compared axes, with adjusted probabilities.</summary>
    public static ImmutableArray<Contrast> Of(SweepRecord sweep, ImmutableArray<CellAnalysis> cells) =>
        Adjusted([.. Comparer.Chosen(sweep).Where(a => a.Values.Length > 1).SelectMany(a => Of(sweep, a, cells))]);

    /// <summary>One contrast, without adjustment.</summary>
    /// <param name="cells">Those that take part; matched by the values of all other axes.</param>
    /// <param name="within">Values that all of them share.</param>
    /// <param name="seed">Of the sweep.</param>
    public static Contrast Of(
        string axis, Value level, Value baseline, IEnumerable<CellAnalysis> cells, ImmutableArray<KeyValuePair<string, Value>> within, long seed)
    {
        ImmutableArray<CellPair> pairs =
        [
            .. cells.GroupBy(c => Key(c.Values.Where(v => v.Key != axis)))
                .Select(g => (Baseline: g.FirstOrDefault(c => c.ValueOf(axis) == baseline), Level: g.FirstOrDefault(c => c.ValueOf(axis) == level)))
                .Where(p => p.Baseline is not null && p.Level is not null)
                .Select(p => new CellPair(p.Baseline!, p.Level!)),
        ];
        var (below, above) = (Trials(pairs.Select(p => p.Baseline)), Trials(pairs.Select(p => p.Level)));
        return new Contrast(axis, level, baseline, within, [.. Measure.Compared.Select(m => EffectOf(m, pairs, seed))])
        {
            Pairs = pairs,
            Trials = below.Length + above.Length,
            Bound = below.Concat(above).Count(BottleneckFinding.WasBottleneck),
            Metrics = [.. CellMetrics.Of(above).Join(CellMetrics.Of(below), m => m.Name, m => m.Name, (l, b) => new MetricContrast(l.Name, l.Unit, l.Spread.Median, b.Spread.Median))],
        };
    }

    /// <summary>With the probabilities of each contrast adjusted by Holm, and of all together by Benjamini and Hochberg.</summary>
    public static ImmutableArray<Contrast> Adjusted(ImmutableArray<Contrast> contrasts)
    {
        var tested = contrasts.SelectMany(c => c.Effects).OfType<LevelEffect>().Where(e => e.Ratio.P is not null).ToArray();
        var all = new Queue<double>(Multiplicity.BenjaminiHochberg([.. tested.Select(e => e.Ratio.P!.Value)]));
        return
        [
            .. contrasts.Select(c =>
            {
                var holm = new Queue<double>(Multiplicity.Holm([.. c.Effects.OfType<LevelEffect>().Select(e => e.Ratio.P).OfType<double>()]));
                return c with { Effects = [.. c.Effects.Select(e => e?.Ratio.P is null ? e : e with { Holm = holm.Dequeue(), Adjusted = all.Dequeue() })] };
            }),
        ];
    }

    private static ImmutableArray<TrialAnalysis> Trials(IEnumerable<CellAnalysis> cells) => [.. cells.SelectMany(c => c.Trials.Where(t => t.Compares))];

    private static LevelEffect? EffectOf(Measure measure, ImmutableArray<CellPair> pairs, long seed) =>
        MatchedRatio.Of(
            pairs.Select(p => (p.Baseline.Compared(measure), p.Level.Compared(measure))).Where(p => p.Item1.Length > 0 && p.Item2.Length > 0), seed) is { } ratio
            ? new LevelEffect(measure, ratio)
            : null;

    private static IEnumerable<Contrast> Of(SweepRecord sweep, AxisRecord axis, ImmutableArray<CellAnalysis> cells)
    {
        var present = cells.Where(c => c.ValueOf(axis.Name) is not null).ToArray();
        var words = sweep.Axes.Where(a => a != axis && !a.IsNumeric).Select(a => a.Name).ToHashSet();
        var strata = present.GroupBy(c => Key(c.Values.Where(v => words.Contains(v.Key)))).ToArray();
        foreach (var (baseline, level) in Pairs(axis, Comparer.BaselineOf(axis, sweep.Report)))
        {
            Contrast[] apart = axis.IsNumeric ? [] :
            [
                .. strata.Select(s => Of(axis.Name, level, baseline, s, [.. s.First().Values.Where(v => words.Contains(v.Key))], sweep.Seed))
                    .Where(c => c.Effects.Any(e => e is not null)),
            ];
            var pooled = Of(axis.Name, level, baseline, present, [], sweep.Seed);
            if (apart.Length > 0 && (apart.All(IsRanked) || (!IsRanked(pooled) && apart.Any(HasIntervals))))
            {
                foreach (var contrast in apart)
                {
                    yield return contrast;
                }
            }
            else if (pooled.Effects.Any(e => e is not null))
            {
                yield return pooled;
            }
        }
    }

    private static bool IsRanked(Contrast contrast) => contrast.Effects.Any(e => e is { Ratio.IsRanked: true });

    private static bool HasIntervals(Contrast contrast) => contrast.Effects.Any(e => e?.Interval is not null);

    // The baseline first, then each level against all before it.
    private static IEnumerable<(Value Baseline, Value Level)> Pairs(AxisRecord axis, Value baseline)
    {
        Value[] levels = [baseline, .. axis.Values.Where(v => v != baseline)];
        return axis.IsNumeric
            ? levels.Skip(1).Select(l => (baseline, l))
            : levels.SelectMany((b, i) => levels.Skip(i + 1).Select(l => (b, l)));
    }

    private static string Key(IEnumerable<KeyValuePair<string, Value>> values) => string.Join('\n', values.Select(v => $"{v.Key}={v.Value.Canonical}"));
}
