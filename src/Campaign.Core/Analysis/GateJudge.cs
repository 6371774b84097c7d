using System.Collections.Immutable;
using System.Globalization;
using Campaign.Analysis.Statistics;
using Campaign.Conducting;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Storage;
using Campaign.Units;

namespace Campaign.Analysis;

/// <summary>
/// Judges gates. A claim passes when the data show it, fails when they show the contrary, and is inconclusive when they leave it open or are too few: never a pass for want of
/// evidence.
/// </summary>
internal sealed class GateJudge(SweepRecord sweep, ImmutableArray<CellAnalysis> cells)
{
    private const double Usual = 0.95;

    private readonly ValueLabel _label = new(sweep.Axes);

    /// <summary>Reads rules against the axes of a stored sweep.</summary>
    /// <param name="text">One rule a line.</param>
    /// <param name="from">For messages: the file.</param>
    /// <exception cref="CampaignException">A line is no rule, or names what there is not; exit code 3.</exception>
    public static ImmutableArray<GateRule> Read(SweepRecord sweep, string text, string from)
    {
        var diagnostics = new DiagnosticBag();
        var where = new SourceSpan(from);
        var rules = GateParser.Parse(text, where, StoredAxes.Of(sweep, where), diagnostics);
        diagnostics.ThrowIfErrors();
        return rules;
    }

    /// <summary>Judges a stored line. It was checked when the sweep began; one that this version cannot read is inconclusive.</summary>
    public IEnumerable<GateOutcome> JudgeStored(string line)
    {
        try
        {
            return [.. Read(sweep, line, "gate").Select(Judge)];
        }
        catch (CampaignException e)
        {
            return [new GateOutcome(line, Verdict.Inconclusive, e.Diagnostics.FirstOrDefault()?.Message ?? e.Message)];
        }
    }

    public GateOutcome Judge(GateRule rule)
    {
        CellAnalysis[] chosen = [.. cells.Where(c => rule.Filter is null || rule.Filter.Matches(StoredAxes.CellOf(c.Values)))];
        if (chosen.Length == 0)
        {
            return new GateOutcome(rule.Text, Verdict.Inconclusive, "No cell is meant.");
        }

        if (rule.Levels is { } levels)
        {
            return Compare(rule, levels, chosen);
        }

        var judged = chosen.Select(c => (Cell: c, Answer: Judge(rule, c))).ToArray();
        var worst = judged.MinBy(j => j.Answer.Verdict switch { Verdict.Fail => 0, Verdict.Inconclusive => 1, _ => 2 });
        var alike = judged.Count(j => j.Answer.Verdict == worst.Answer.Verdict);
        return new GateOutcome(
            rule.Text, worst.Answer.Verdict,
            worst.Answer.Verdict == Verdict.Pass ? $"In all of {Plural.Of(judged.Length, "cell")}." : $"In {alike} of {Plural.Of(judged.Length, "cell")}; {_label.Of(worst.Cell.Values)}: {worst.Answer.Why}");
    }

    private GateOutcome Compare(GateRule rule, GateLevels levels, CellAnalysis[] chosen)
    {
        var measure = Measure.Named(rule.Metric);
        var pairs = chosen.GroupBy(c => string.Join('\n', c.Values.Where(v => v.Key != levels.Axis).Select(v => $"{v.Key}={v.Value.Canonical}")))
            .Select(g => (Baseline: Side(g, levels.Axis, levels.Baseline, measure), Level: Side(g, levels.Axis, levels.Level, measure)))
            .Where(p => p.Baseline.Length > 0 && p.Level.Length > 0);
        if (MatchedRatio.Of(pairs, sweep.Seed) is not { } ratio)
        {
            return new GateOutcome(rule.Text, Verdict.Inconclusive, $"{rule.Metric} is stated on both sides of no two cells that are alike otherwise.", levels.Axis);
        }

        // One-sided with the confidence: the two-sided interval leaves as much on either side.
        var confidence = rule.Confidence ?? Usual;
        if (ratio.Interval((2 * confidence) - 1) is not { } interval)
        {
            return new GateOutcome(rule.Text, Verdict.Inconclusive, $"Ratio {Number(ratio.Ratio)} over {Plural.Of(ratio.Differences.Length, "matched cell")}; too few for an interval.", levels.Axis);
        }

        var verdict = rule.Comparison switch
        {
            "equivalent" => Equivalence.Within(interval, rule.Bound),
            "no-worse-than" => Equivalence.Below(interval, 1 + rule.Bound),
            _ => Equivalence.Below(interval, 1 / rule.Bound),
        };
        return new GateOutcome(
            rule.Text, verdict,
            string.Create(CultureInfo.InvariantCulture, $"Ratio {Number(ratio.Ratio)}, {(2 * confidence) - 1:0.##%} CI {Number(interval.Low)}–{Number(interval.High)}, over {Plural.Of(ratio.Differences.Length, "matched cell")}.").Replace("%", " %", StringComparison.Ordinal),
            levels.Axis);
    }

    private static double[] Side(IEnumerable<CellAnalysis> group, string axis, Value level, Measure measure) =>
        group.FirstOrDefault(c => c.ValueOf(axis) == level) is { } cell
            ? [.. cell.Trials.Where(t => t.Compares).Select(t => t.FigureOf(measure)).OfType<double>().Where(v => v > 0)]
            : [];

    private static (Verdict Verdict, string Why) Judge(GateRule rule, CellAnalysis cell) => (rule.Metric, cell.Counted) switch
    {
        (_, []) => (Verdict.Inconclusive, "no trial counts."),
        ("supportable", var trials) => Supportable(rule, trials),
        ("loss", var trials) when rule.Confidence is { } confidence => Loss(rule, trials, confidence),
        ("loss", var trials) => Over(rule, [.. trials.Select(t => t.Loss)], v => (v * 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " ppm"),
        (var name, var trials) => Latency(rule, [.. trials.Select(t => t.FigureOf(Measure.Named(name)))]),
    };

    private static (Verdict Verdict, string Why) Supportable(GateRule rule, ImmutableArray<TrialAnalysis> trials)
    {
        var least = trials.Min(t => t.Evaluation!.Latencies.Count);
        var needs = OrderStatistics.PacketsFor(rule.Bound);
        return least >= needs
            ? (Verdict.Pass, "")
            : (Verdict.Inconclusive, $"a trial has {Plural.Of(least, "packet")}; {Plural.Number(needs)} are needed.");
    }

    private static (Verdict Verdict, string Why) Loss(GateRule rule, ImmutableArray<TrialAnalysis> trials, double confidence)
    {
        if (trials.Count(t => t.Known(Unknown.Counts) is null) is > 0 and var silent)
        {
            return (Verdict.Inconclusive, $"{silent} of {Plural.Of(trials.Length, "repeat")} {(silent == 1 ? "states" : "state")} no loss.");
        }

        var (lost, sent) = (trials.Sum(t => t.Evaluation!.Lost), trials.Sum(t => t.Evaluation!.Pre.Packets));
        if (sent == 0)
        {
            return (Verdict.Inconclusive, "no packet was sent.");
        }

        var bounds = (Low: Proportion.Lower(lost, sent, confidence), High: Proportion.Upper(lost, sent, confidence));
        return (Bounded(rule.Comparison, bounds, rule.Bound), string.Create(
            CultureInfo.InvariantCulture, $"{lost} of {sent} packets, between {bounds.Low * 1e6:0.###} and {bounds.High * 1e6:0.###} ppm."));
    }

    private static (Verdict Verdict, string Why) Latency(GateRule rule, double?[] repeats)
    {
        if (rule.Confidence is not { } confidence)
        {
            return Over(rule, repeats, v => new Nanoseconds((long)v).ToString());
        }

        double[] logs = [.. repeats.OfType<double>().Where(v => v > 0).Select(v => Math.Log(v))];
        if (logs.Length < 2 || logs.Length < repeats.Length)
        {
            return (Verdict.Inconclusive, logs.Length < repeats.Length ? $"{repeats.Length - logs.Length} of {Plural.Of(repeats.Length, "repeat")} state no {rule.Metric}." : "a single run has no confidence.");
        }

        var mean = logs.Average();
        var error = Math.Sqrt(logs.Sum(l => (l - mean) * (l - mean)) / (logs.Length - 1) / logs.Length);
        var half = error * Distributions.StudentQuantile(confidence, logs.Length - 1);
        var bounds = (Low: Math.Exp(mean - half), High: Math.Exp(mean + half));
        return (Bounded(rule.Comparison, bounds, rule.Bound), string.Create(
            CultureInfo.InvariantCulture,
            $"{new Nanoseconds((long)Math.Exp(mean))}, with {confidence:0.##%} confidence {(rule.Comparison[0] == '<' ? "at most" : "at least")} {new Nanoseconds((long)(rule.Comparison[0] == '<' ? bounds.High : bounds.Low))}, over {repeats.Length} repeats.").Replace("%", " %", StringComparison.Ordinal));
    }

    private static (Verdict Verdict, string Why) Over(GateRule rule, double?[] repeats, Func<double, string> text)
    {
        double[] known = [.. repeats.OfType<double>()];
        if (known.Length == 0)
        {
            return (Verdict.Inconclusive, $"no repeat states {rule.Metric}.");
        }

        var holding = known.Count(v => Holds(rule.Comparison, v, rule.Bound));
        var (holds, fails) = rule.Over switch
        {
            "median" => (known.Length == repeats.Length && Holds(rule.Comparison, OrderStatistics.Median(known), rule.Bound), !Holds(rule.Comparison, OrderStatistics.Median(known), rule.Bound)),
            "any" => (holding > 0, holding == 0 && known.Length == repeats.Length),
            _ => (holding == repeats.Length, holding < known.Length),
        };
        return (holds ? Verdict.Pass : fails ? Verdict.Fail : Verdict.Inconclusive, $"{string.Join(", ", known.Select(text))}{(known.Length < repeats.Length ? $", and {repeats.Length - known.Length} without" : "")}.");
    }

    private static bool Holds(string comparison, double value, double bound) => comparison switch
    {
        "<" => value < bound,
        "<=" => value <= bound,
        ">" => value > bound,
        _ => value >= bound,
    };

    private static Verdict Bounded(string comparison, (double Low, double High) bounds, double bound) =>
        Holds(comparison, bounds.Low, bound) && Holds(comparison, bounds.High, bound) ? Verdict.Pass
        : Holds(comparison, bounds.Low, bound) || Holds(comparison, bounds.High, bound) ? Verdict.Inconclusive
        : Verdict.Fail;

    private static string Number(double ratio) => ratio.ToString("0.000", CultureInfo.InvariantCulture);
}
