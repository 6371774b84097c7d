using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Statistics;
using Campaign.Captures;
using Campaign.Importing;

namespace Campaign.Analysis;

/// <summary>
/// Which interrupts came when packets waited. It says "coincides with", never "caused by": only an axis that switches something on and off shows a cause.
/// </summary>
internal static class StallAttribution
{
    private const double Level = 0.05;
    private const double Second = 1e9;
    private const int NamedAtMost = 3;

    /// <summary>Places by chance above which a place says nothing: P(at least one) is 0.39 at 0.5.</summary>
    private const double ByChance = 0.5;

    /// <summary>The stalls of a trial and what came with them: on the CPUs that move packets, where attestation read them back; otherwise on any.</summary>
    /// <param name="trial">With an evaluation.</param>
    /// <param name="recording">Interrupts at the same time.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> Describe(TrialAnalysis trial, InterruptRecording recording)
    {
        var (on, where) = PacketInterrupts.Of(trial, recording);
        return Describe(trial.Stalls, trial.LargeStalls, trial.Evaluation!.Pre.FirstTimestamp, on, where);
    }

    /// <summary>The stalls of a pair of captures and what came with them on any CPU, in sentences.</summary>
    public static IEnumerable<string> Describe(LatencyEvaluation evaluation, InterruptRecording recording) =>
        Describe(TrialStalls.Of(evaluation), TrialStalls.Outstanding(evaluation), evaluation.Pre.FirstTimestamp, recording);

    /// <param name="all">Stalls of the trial in the order of time.</param>
    /// <param name="large">Those that stand out.</param>
    /// <param name="start">When the first packet was sent, in nanoseconds of the captures' clock.</param>
    /// <param name="recording">Interrupts at the same time.</param>
    /// <param name="where">On which CPUs they are, with a blank before it; empty: on any.</param>
    /// <returns>Sentences.</returns>
    public static IEnumerable<string> Describe(ImmutableArray<Stall> all, ImmutableArray<Stall> large, long start, InterruptRecording recording, string where = "")
    {
        yield return all.IsEmpty
            ? "No stall: no packet waited much longer than the usual ones."
            : $"{Plural.Of(all.Length, "stall")} in which packets waited together: {string.Join("; ", all.OrderByDescending(s => s.Longest).Take(5).OrderBy(s => s.Begin).Select(s => Text(s, start)))}.";
        if (!all.IsEmpty && large.IsEmpty)
        {
            yield return "None of them stands out from the others, so that nothing is held against interrupts.";
        }

        if (large.IsEmpty || recording.Series.IsEmpty)
        {
            yield break;
        }

        foreach (var sentence in recording.SharesClock ? Known(large, recording, where) : Unrelated(large, recording, where))
        {
            yield return sentence;
        }
    }

    private static string Text(Stall stall, long start) => string.Create(
        CultureInfo.InvariantCulture, $"{stall.Longest / 1e3:0.0} µs at {(stall.Begin - start) / Second:0.000} s ({stall.Packets} packets)");

    // Seconds with and without the interrupt, with and without a stall.
    private static IEnumerable<string> Known(ImmutableArray<Stall> large, InterruptRecording recording, string where)
    {
        var events = new int[recording.Ends.Length];
        foreach (var at in large.Select(s => recording.Ends.BinarySearch(s.Begin)).Select(i => i < 0 ? ~i : i).Where(i => i < events.Length))
        {
            events[at]++;
        }

        var tested = recording.Series.Select(s => (Series: s, Marked: s.Counts.Select(c => c > 0).ToArray())).Where(s => s.Marked.Contains(false)).ToArray();
        var fisher = tested.Select(t => FisherTest.Of(
            Count(events, t.Marked, true, true), Count(events, t.Marked, true, false), Count(events, t.Marked, false, true), Count(events, t.Marked, false, false))).ToArray();
        var holm = Multiplicity.Holm([.. fisher.Select(f => f.P)]);
        var found = tested.Index().Where(t => holm[t.Index] < Level && fisher[t.Index].OddsRatio > 1 && CircularShift.P(events, t.Item.Marked) < Level).ToArray();
        yield return found.Length == 0
            ? $"The {Plural.Of(large.Length, "largest stall")} coincide with no interrupt{where} by more than chance."
            : string.Join(' ', found.Take(NamedAtMost).Select(f => Sentence(f.Item.Series, f.Item.Marked, events, holm[f.Index])));
    }

    private static string Sentence(InterruptSeries series, bool[] marked, int[] events, double holm)
    {
        var (with, without) = (marked.Count(m => m), marked.Count(m => !m));
        var (inside, outside) = (events.Zip(marked).Where(e => e.Second).Sum(e => e.First), events.Zip(marked).Where(e => !e.Second).Sum(e => e.First));
        var rate = RateRatio.Of(inside, with, outside, without)!.Value;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Stalls coincide with {series.Name}: {inside} in {with} intervals with it, {outside} in {without} without ({(double.IsInfinity(rate.Ratio) ? "all of them" : $"{rate.Ratio:0.0} times as often, 95 % CI {rate.Low:0.0}–{rate.High:0.0}")}; p_adj = {holm:G2}).");
    }

    private static int Count(int[] events, bool[] marked, bool hit, bool stalled) => events.Zip(marked).Count(e => e.Second == hit && e.First > 0 == stalled);

    // Without a common clock only the gaps between stalls can be looked for.
    private static IEnumerable<string> Unrelated(ImmutableArray<Stall> large, InterruptRecording recording, string where)
    {
        const string Clocks = "The recorder's clock is unrelated to that of the captures, so only the gaps between stalls could be compared; a recorder on the captures' clock would settle it.";
        if (large.Length < 2)
        {
            yield return Clocks;
            yield break;
        }

        var times = large.Select(s => s.Begin).ToArray();
        var found = recording.Series.Select(s => (Series: s, Fit: Fit(s, recording, times))).Where(s => s.Fit.Counts.Length > 0).OrderBy(s => s.Fit.Expected).ThenByDescending(s => s.Fit.Share).ToArray();
        var gaps = string.Join(", ", times.Zip(times.Skip(1), (a, b) => ((b - a) / Second).ToString("0.00", CultureInfo.InvariantCulture)));
        var which = large.Length == 2 ? "The two largest stalls" : $"The {large.Length} largest stalls";
        if (found.Length == 0)
        {
            yield return $"{which}, {gaps} s apart, coincide with no interrupt{where} that comes in some seconds only. {Clocks}";
            yield break;
        }

        var (series, fit) = found[0];
        if (fit.Expected > ByChance)
        {
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{which}, {gaps} s apart, coincide with no interrupt{where} by more than chance; the nearest to it is {series.Name}, for which {fit.Expected:0.0} such places would be by chance. {Clocks}");
            yield break;
        }

        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"{which}, {gaps} s apart, coincide with {series.Name}: so far apart it came {string.Join(" and ", fit.Counts)} times, {fit.Counts.Sum()} of {series.Counts.Sum()} in all, in {fit.Active} of {recording.Ends.Length} seconds ({fit.Expected:0.00} such places would be by chance){Others([.. found.Where(f => f.Fit.Expected <= ByChance)])}. {Clocks}");
    }

    private static string Others((InterruptSeries Series, (long[] Counts, int Active, double Expected, double Share) Fit)[] found) => found.Length == 1
        ? ""
        : $"; also with {string.Join(", ", found.Skip(1).Take(NamedAtMost).Select(f => f.Series.Name))}";

    // The place in the recording where every stall falls into an interval with the interrupt, and how many there would be were the interrupts strewn evenly.
    private static (long[] Counts, int Active, double Expected, double Share) Fit(InterruptSeries series, InterruptRecording recording, long[] times)
    {
        var active = series.Counts.Count(c => c > 0);
        var first = times[0];
        (long[] Counts, double Share) best = ([], 0);
        for (var i = 0; i < recording.Ends.Length && active * 2 <= recording.Ends.Length; i++)
        {
            // The first stall lies somewhere within interval i; each other within one that fits to one place in it.
            var counts = Aligned(series, recording, times, first, i);
            var share = (double)counts.Sum() / series.Counts.Sum();
            best = counts.Length > 0 && share > best.Share ? (counts, share) : best;
        }

        var span = (times[^1] - first) / Second;
        var places = Math.Max(0, recording.Ends.Length - span);
        var expected = places * Math.Pow(2.0 * active / recording.Ends.Length, times.Length - 1) * active / recording.Ends.Length;
        return (best.Counts, active, expected, best.Share);
    }

    private static long[] Aligned(InterruptSeries series, InterruptRecording recording, long[] times, long first, int interval)
    {
        if (series.Counts[interval] == 0 || interval == 0)
        {
            return [];
        }

        const int Places = 20;
        var (from, to) = (recording.Ends[interval - 1], recording.Ends[interval]);
        for (var place = 0; place < Places; place++)
        {
            var shift = from + ((to - from) * place / Places) - first;
            long[] counts = [.. times.Select(t => recording.Ends.BinarySearch(t + shift)).Select(i => i < 0 ? ~i : i + 1).Select(i => i < series.Counts.Length ? series.Counts[i] : 0)];
            if (counts.All(c => c > 0) && counts.Length == times.Length)
            {
                return counts;
            }
        }

        return [];
    }
}
