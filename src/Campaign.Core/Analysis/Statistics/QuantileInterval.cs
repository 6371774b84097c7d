namespace Campaign.Analysis.Statistics;

/// <summary>
/// Which order statistics bracket the true percentile of a run, if its packets were independent: between the <paramref name="Lower"/>-th and the
/// <paramref name="Upper"/>-th smallest latency. It describes that run only; two runs differ by much more.
/// </summary>
/// <remarks>Source: H. A. David and H. N. Nagaraja, "Order Statistics", 3rd edition 2003, section 7.1.</remarks>
/// <param name="Lower">1-based rank; 0: the interval is open below.</param>
/// <param name="Upper">1-based rank; above the number of packets: the interval is open above, and no upper bound can be stated.</param>
/// <param name="Coverage">The probability that the interval holds the percentile, at least the confidence that was asked for.</param>
internal readonly record struct QuantileInterval(long Lower, long Upper, double Coverage)
{
    /// <param name="packets">At least 1.</param>
    /// <param name="p">Share of packets below, within (0, 1).</param>
    /// <param name="confidence">Within (0, 1), two-sided with equal tails.</param>
    public static QuantileInterval Of(long packets, double p, double confidence)
    {
        var tail = (1 - confidence) / 2;
        var lower = Distributions.BinomialQuantile(tail, packets, p);
        var upper = Distributions.BinomialQuantile(1 - tail, packets, p) + 1;
        return new QuantileInterval(lower, upper, Distributions.Binomial(upper - 1, packets, p) - Distributions.Binomial(lower - 1, packets, p));
    }
}
