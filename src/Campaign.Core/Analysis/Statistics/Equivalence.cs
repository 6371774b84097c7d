namespace Campaign.Analysis.Statistics;

/// <summary>What an interval of a ratio says about a margin. The absence of a difference is claimed only where the interval shows it.</summary>
/// <remarks>
/// Source: D. J. Schuirmann, "A comparison of the two one-sided tests procedure and the power approach …", J. Pharmacokinetics and Biopharmaceutics 15(6), 1987:
/// two levels are equivalent at 95 % when the two-sided 90 % interval lies within the margin. Not worse: its upper end alone does.
/// </remarks>
internal static class Equivalence
{
    /// <summary>Both one-sided tests of a difference of logarithms against a margin.</summary>
    /// <param name="test">On logarithms.</param>
    /// <param name="margin">Of the ratio: 0.05 is from 1/1.05 to 1.05.</param>
    /// <returns>Statistic and probability of each side; equivalent at 95 % when both probabilities are below 0.05.</returns>
    public static (double TLower, double PLower, double TUpper, double PUpper) OneSided(WelchTest test, double margin)
    {
        var bound = Math.Log(1 + margin);
        var (lower, upper) = ((test.Difference + bound) / test.StandardError, (test.Difference - bound) / test.StandardError);
        return (lower, Distributions.StudentAbove(lower, test.Freedom), upper, Distributions.StudentAbove(-upper, test.Freedom));
    }

    /// <summary>Whether a ratio is within a margin: passes when the whole interval is, fails when none of it is.</summary>
    /// <param name="interval">Of the ratio, two-sided with 1 − 2α: 90 % for a confidence of 95 %.</param>
    /// <param name="margin">0.05 is from 1/1.05 to 1.05.</param>
    public static Verdict Within((double Low, double High) interval, double margin) =>
        interval.Low > 1 / (1 + margin) && interval.High < 1 + margin ? Verdict.Pass
        : interval.High < 1 / (1 + margin) || interval.Low > 1 + margin ? Verdict.Fail
        : Verdict.Inconclusive;

    /// <summary>Whether a ratio is at most a bound: passes when the whole interval is below it, fails when all of it is above.</summary>
    public static Verdict Below((double Low, double High) interval, double bound) =>
        interval.High < bound ? Verdict.Pass : interval.Low > bound ? Verdict.Fail : Verdict.Inconclusive;
}

/// <summary>What can be said of a claim.</summary>
internal enum Verdict
{
    Pass,

    /// <summary>The data show that it does not hold.</summary>
    Fail,

    /// <summary>The data leave it open, or there are too few.</summary>
    Inconclusive,
}
