using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Statistics;
using Campaign.Definition;

namespace Campaign.Analysis;

/// <summary>Trials whose largest stalls come at the same times after their start, or equally far apart, more often than chance would have it.</summary>
/// <param name="Trials">In the order of the cells.</param>
/// <param name="Shift">By how many seconds the stalls of the clearest pair's second trial come later; 0: at the same times.</param>
/// <param name="Times">Of the clearest pair, in seconds after the start of the first of the two.</param>
/// <param name="Expected">How many common times that pair would have by chance.</param>
/// <param name="P">Probability of so many by chance, before adjustment.</param>
internal sealed record StallCoincidence(ImmutableArray<(CellAnalysis Cell, TrialAnalysis Trial)> Trials, double Shift, ImmutableArray<double> Times, double Expected, double P)
{
    /// <summary>How far apart two stalls may be that count as simultaneous, in seconds.</summary>
    public const double Tolerance = 0.2;

    private const double Level = 0.05;
    private const int FewStalls = 2;
    private const int ManyStalls = 20;
    private const double Second = 1e9;

    /// <summary><c>3.3, 17.2, 57.0</c></summary>
    public string TimesText => string.Join(", ", Times.Select(t => t.ToString("0.0", CultureInfo.InvariantCulture)));

    /// <summary>What the trials share, then what each has of its own: <c>kernel vanilla: rate 500 kpkt/s, repeats 2, 3; rate 1 Mpkt/s, repeat 1</c></summary>
    public string TrialsText(ValueLabel label)
    {
        KeyValuePair<string, Value>[] shared = [.. Trials[0].Cell.Values.Where(v => Trials.All(t => t.Cell.Values.Contains(v)))];
        var cells = Trials.GroupBy(t => t.Cell).Select(g => string.Join(", ", [.. Own(g.Key), Repeats([.. g.Select(t => t.Trial.Repeat)])]));
        return $"{(shared.Length > 0 ? label.Of([.. shared]) + ": " : "")}{string.Join("; ", cells)}";

        IEnumerable<string> Own(CellAnalysis cell) => cell.Values.Except(shared).ToImmutableArray() is { IsEmpty: false } own ? [label.Of(own)] : [];
    }

    private static string Repeats(int[] repeats) => $"repeat{(repeats.Length > 1 ? "s" : "")} {string.Join(", ", repeats)}";

    /// <summary>Groups of trials, each linked to another of its group at 5 % over all pairs (Holm); those of most trials first.</summary>
    /// <param name="counted">Trials that count.</param>
    public static ImmutableArray<StallCoincidence> Of(IEnumerable<(CellAnalysis Cell, TrialAnalysis Trial)> counted)
    {
        var trials = counted.Select(t => (Trial: t, Times: StallTimes(t.Trial), Duration: Duration(t.Trial)))
            .Where(t => t.Times.Length is >= FewStalls and <= ManyStalls && t.Duration > 0).ToArray();
        var (likely, tested) = (new List<(TrialAnalysis A, TrialAnalysis B, Coincidence Found)>(), 0);
        for (var i = 0; i < trials.Length; i++)
        {
            foreach (var later in trials[(i + 1)..])
            {
                var duration = Math.Min(trials[i].Duration, later.Duration);
                Coincidence[] found = [Coincidence.Of(trials[i].Times, later.Times, Tolerance, duration), Coincidence.OfShifted(trials[i].Times, later.Times, Tolerance, duration)];
                tested += found.Length;
                likely.AddRange(found.Where(f => f.P < Level).Select(f => (trials[i].Trial.Trial, later.Trial.Trial, f)));
            }
        }

        // Those that are likely by chance need no adjustment, but they count.
        var adjusted = Multiplicity.Holm([.. likely.Select(l => l.Found.P), .. Enumerable.Repeat(1.0, tested - likely.Count)]);
        var linked = likely.Zip(adjusted).Where(l => l.Second < Level).Select(l => l.First).ToArray();
        return
        [
            .. Groups([.. linked.Select(p => (p.A, p.B))]).Select(group =>
            {
                var best = linked.Where(p => group.Contains(p.A)).MinBy(p => p.Found.P).Found;
                return new StallCoincidence([.. trials.Select(t => t.Trial).Where(t => group.Contains(t.Trial))], best.Shift, [.. best.Matches.Select(m => m.First)], best.Expected, best.P);
            }).OrderByDescending(c => c.Trials.Length).ThenBy(c => c.P),
        ];
    }

    private static double[] StallTimes(TrialAnalysis trial) => [.. trial.LargeStalls.Select(s => ((double)s.Begin - trial.Evaluation!.Pre.FirstTimestamp) / Second)];

    private static double Duration(TrialAnalysis trial) => ((double)trial.Evaluation!.Pre.LastTimestamp - trial.Evaluation.Pre.FirstTimestamp) / Second;

    private static List<HashSet<TrialAnalysis>> Groups((TrialAnalysis A, TrialAnalysis B)[] links)
    {
        var groups = new List<HashSet<TrialAnalysis>>();
        foreach (var (a, b) in links)
        {
            var joined = groups.Where(g => g.Contains(a) || g.Contains(b)).ToArray();
            HashSet<TrialAnalysis> group = [a, b, .. joined.SelectMany(g => g)];
            groups.RemoveAll(joined.Contains);
            groups.Add(group);
        }

        return groups;
    }
}
