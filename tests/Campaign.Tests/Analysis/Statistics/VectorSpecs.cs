using Campaign.Analysis.Statistics;
using Xunit;
using static Campaign.Tests.Analysis.Statistics.Vectors;

namespace Campaign.Tests.Analysis.Statistics;

/// <summary>Every group of the vectors, one case each.</summary>
public sealed class VectorSpecs
{
    // R's datasets "sleep" and "Nile"; the vectors name them only.
    private static readonly double[] Sleep1 = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0];
    private static readonly double[] Sleep2 = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4];
    private static readonly double[] Nile =
    [
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140, 1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100,
        774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969, 831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040,
        759, 781, 865, 845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050, 918, 986, 797, 923, 975, 815,
        1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740,
    ];

    [Fact]
    public void Order_statistics_bracket_a_percentile()
    {
        foreach (var vector in Group("quantile_ci_binomial").EnumerateArray())
        {
            var interval = QuantileInterval.Of(vector.GetProperty("n").GetInt64(), vector.Number("p"), vector.Number("conf"));
            Assert.Equal((vector.GetProperty("lower_rank").GetInt64(), vector.GetProperty("upper_rank").GetInt64()), (interval.Lower, interval.Upper));
            Near(vector.Number("coverage"), interval.Coverage, 1e-6);
        }
    }

    [Fact]
    public void A_finite_upper_bound_needs_so_many_packets()
    {
        foreach (var vector in Group("min_n_one_sided_upper").EnumerateObject())
        {
            var p = double.Parse(vector.Name, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal((long)vector.Value.Number("c95"), OrderStatistics.PacketsFor(p));
            Assert.Equal((long)vector.Value.Number("c99"), OrderStatistics.PacketsFor(p, 0.99));
        }
    }

    [Fact]
    public void A_tail_known_to_ten_per_cent_needs_so_many_packets()
    {
        foreach (var vector in Group("n_for_10pct_tailcount_95").EnumerateObject())
            Near(vector.Value.GetDouble(), OrderStatistics.PacketsForTail(double.Parse(vector.Name, System.Globalization.CultureInfo.InvariantCulture)), 1e-8);
    }

    [Fact]
    public void Clopper_and_Pearson()
    {
        foreach (var vector in Group("clopper_pearson95").EnumerateArray())
            Near([vector.Number("lo"), vector.Number("hi")], Proportion.Interval(vector.GetProperty("x").GetInt64(), vector.GetProperty("n").GetInt64(), 0.95), 1e-6);

        Near(2.995728e-6, Proportion.Upper(0, 1_000_000, 0.95), 1e-6);
    }

    [Fact]
    public void Two_samples_by_ranks()
    {
        var vector = Group("two_sample_HW");
        var (x, y) = (vector.Numbers("x"), vector.Numbers("y"));
        var ranks = new RankSum(x, y);
        Assert.Equal(vector.Number("U"), ranks.U);
        Near(vector.Number("p_exact_greater"), ranks.PGreater);
        Near(vector.Number("p_exact_two"), ranks.P);
        Near(vector.Number("p_asym_cc"), ranks.PNormal(corrected: true));
        Near(vector.Number("p_asym_nocc"), ranks.PNormal(corrected: false));
        Near(vector.Number("HL_shift"), ranks.Shift);
        Near(vector.Numbers("HL_ci95"), ranks.Interval(0.95));
        Near(vector.Number("A12"), ranks.Superiority);
        Near(vector.Number("cliff_delta"), (2 * ranks.Superiority) - 1);
        Near(vector.Number("perm_mean_p"), ranks.PermutationP());
        Near(vector.Number("KS_D"), KolmogorovSmirnov.Distance(x, y));
        Near(vector.Number("KS_p_exact"), KolmogorovSmirnov.P(vector.Number("KS_D"), x.Length, y.Length));
    }

    [Fact]
    public void Matched_differences_by_signed_ranks()
    {
        var vector = Group("signed_rank_depression");
        var ranks = new SignedRank(vector.Numbers("x").Zip(vector.Numbers("y"), (a, b) => Math.Round(a - b, 6)));
        Assert.Equal(vector.Number("V"), ranks.V);
        Near(vector.Number("p"), ranks.P(1));
        Near(vector.Number("HL"), ranks.Centre);
        Near(vector.Numbers("ci95"), ranks.Interval(0.95));
    }

    [Fact]
    public void Welch_on_sleep()
    {
        var vector = Group("welch_sleep");
        var test = WelchTest.Of(Sleep1, Sleep2)!.Value;
        Near(vector.Number("t"), test.T);
        Near(vector.Number("df"), test.Freedom);
        Near(vector.Number("p"), test.P);
        Near(vector.Numbers("ci95"), test.Interval(0.95));
    }

    [Fact]
    public void Welch_on_logarithms()
    {
        var vector = Group("welch_log_ratio_real");
        (double[], double[])[] groups = [(vector.Numbers("b_us"), vector.Numbers("a_us"))];
        var test = Welch(groups)!.Value;
        Near(vector.Number("ratio"), Math.Exp(test.Difference));
        Near(vector.Numbers("ci95"), MatchedRatio.Of(groups, seed: 0)!.Interval(0.95));
        Near(vector.Numbers("ci90"), MatchedRatio.Of(groups, seed: 0)!.Interval(0.9));
        Near(vector.Number("df"), test.Freedom);
        Near(vector.Number("p"), test.P);
    }

    [Fact]
    public void Equivalence_by_two_one_sided_tests()
    {
        var vector = Group("tost_log");
        (double[], double[])[] groups = [(vector.Numbers("b"), vector.Numbers("a"))];
        var test = Welch(groups)!.Value;
        var (lower, pLower, upper, pUpper) = Equivalence.OneSided(test, 0.05);
        Near(vector.Number("t1"), lower);
        Near(vector.Number("p1"), pLower, 1e-7);
        Near(vector.Number("t2"), upper);
        Near(vector.Number("p2"), pUpper, 1e-7);
        Near(vector.Number("ratio"), Math.Exp(test.Difference));
        Near(vector.Numbers("ci90"), MatchedRatio.Of(groups, seed: 0)!.Interval(0.9));
        Near(vector.Number("p_diff"), test.P);
        Assert.Equal(Verdict.Pass, Equivalence.Within(MatchedRatio.Of(groups, seed: 0)!.Interval(0.9)!.Value, 0.05));
    }

    [Fact]
    public void Many_tests_by_Holm_and_by_Benjamini_and_Hochberg()
    {
        var vector = Group("p_adjust_BH1995");
        foreach (var (expected, actual) in vector.Numbers("holm").Zip(Multiplicity.Holm(vector.Numbers("p"))))
            Near(expected, actual);
        foreach (var (expected, actual) in vector.Numbers("bh").Zip(Multiplicity.BenjaminiHochberg(vector.Numbers("p"))))
            Near(expected, actual);
    }

    [Fact]
    public void Percentiles_of_few_values_by_Harrell_and_Davis()
    {
        var (vector, sample) = (Group("harrell_davis"), Group("two_sample_HW"));
        var (x, y) = (sample.Numbers("x"), sample.Numbers("y"));
        double[] ten = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        foreach (var (name, values, of) in new (string, double[], Func<IReadOnlyCollection<double>, double, double>)[]
        {
            ("x1to10", ten, HarrellDavis.Quantile), ("x_HW", x, HarrellDavis.Quantile), ("MJ_se_HW", x, HarrellDavis.StandardError),
        })
        {
            foreach (var row in vector.GetProperty(name).EnumerateObject())
                Near(row.Value.GetDouble(), of(values, double.Parse(row.Name, System.Globalization.CultureInfo.InvariantCulture)), 1e-7);
        }

        foreach (var (expected, decile) in vector.Numbers("shift_deciles_HW").Zip(Enumerable.Range(1, 9)))
            Near(expected, HarrellDavis.Quantile(x, decile / 10.0) - HarrellDavis.Quantile(y, decile / 10.0), 1e-6);
    }

    [Fact]
    public void Clusters_by_the_extremal_index()
    {
        var vector = Group("extremal_index_intervals");
        Near(vector.Number("theta"), ExtremalIndex.Of([.. vector.Numbers("idx").Select(i => (long)i)])!.Value);
        Near(vector.Number("theta_isolated"), ExtremalIndex.Of([.. vector.Numbers("idx_isolated").Select(i => (long)i)])!.Value);
    }

    [Fact]
    public void Variance_between_and_within_groups()
    {
        var vector = Group("anova_random_effects");
        var split = VarianceSplit.Of(vector.GetProperty("groups").EnumerateArray().Select(g => g.Numbers()))!.Value;
        Near(vector.Number("MSB"), split.MeanSquareBetween);
        Near(vector.Number("MSW"), split.MeanSquareWithin);
        Near(vector.Number("var_between"), split.Between);
        Near(vector.Number("var_within"), split.Within);
        Near(vector.Number("ICC"), split.Correlation);
        Near(vector.Number("F"), split.F);
        Near(vector.Number("p"), split.P, 1e-6);
    }

    [Fact]
    public void Trends_by_Mann_and_Kendall()
    {
        var vector = Group("mann_kendall");
        foreach (var (expected, series) in new[] { (vector.GetProperty("nile"), Nile), (vector.GetProperty("small"), vector.GetProperty("small").Numbers("x")) })
        {
            var trend = Trend.Of(series);
            Assert.Equal(expected.Number("S"), trend.S);
            Near(expected.Number("var"), trend.Variance);
            Near(expected.TryGetProperty("z", out var z) ? z.GetDouble() : 0, trend.Z);
            Near(expected.Number("p"), trend.P);
        }

        Near(vector.GetProperty("nile").Number("theil_sen"), Trend.Of(Nile).Slope);
    }

    [Fact]
    public void The_change_of_the_Nile()
    {
        var vector = Group("changepoint_nile_ls");
        var change = ChangePoint.Of(Nile);
        Assert.Equal(vector.GetProperty("k").GetInt32(), change.Before);
        Near(vector.Number("mean_before"), change.MeanBefore);
        Near(vector.Number("mean_after"), change.MeanAfter, 1e-7);
        Near(vector.Number("sse"), change.Error, 1e-6);
    }

    [Fact]
    public void A_warm_up_is_cut_by_the_marginal_standard_error()
    {
        double[] series = [.. Lcg(200).Select((u, i) => 5 + u + (10 * Math.Exp(-i / 12.0)))];
        Assert.Equal(Group("mser_lcg").GetProperty("truncate").GetInt32(), WarmUp.Of(series));
    }

    [Fact]
    public void The_length_of_blocks_by_Politis_and_White()
    {
        var vector = Group("politis_white_ar1_lcg");
        var series = new List<double>();
        foreach (var u in Lcg(vector.GetProperty("n").GetInt32(), vector.GetProperty("lcg_seed").GetInt32()))
            series.Add((vector.Number("phi") * series.LastOrDefault()) + u);

        var (stationary, circular) = BlockLength.Of(series);
        Near(vector.Number("stationary"), stationary);
        Near(vector.Number("circular"), circular);
    }

    [Fact]
    public void Two_by_two_counts_by_Fisher()
    {
        var vector = Group("fisher");
        long[][] table = [.. vector.GetProperty("table").EnumerateArray().Select(r => r.Numbers().Select(n => (long)n).ToArray())];
        var test = FisherTest.Of(table[0][0], table[0][1], table[1][0], table[1][1]);
        Near(vector.Number("p"), test.P);
        // R looks for the roots of 1/odds to 1.2e-4 only, which is 0.6 % at 48.
        Near(vector.Number("OR"), test.OddsRatio, 1e-4);
        Near(vector.Numbers("ci"), (test.Low, test.High), 2e-3);
    }

    [Fact]
    public void Rates_of_events_by_Poisson()
    {
        var vector = Group("poisson_rate_ratio");
        var (x, t) = (vector.Numbers("x"), vector.Numbers("t"));
        var ratio = RateRatio.Of((long)x[0], t[0], (long)x[1], t[1])!.Value;
        Near(vector.Number("ratio"), ratio.Ratio);
        Near(vector.Numbers("ci"), (ratio.Low, ratio.High), 1e-7);
        Near(vector.Number("p"), ratio.P, 1e-7);
    }

    [Fact]
    public void The_limit_of_Kolmogorov()
    {
        foreach (var vector in Group("kolmogorov_sf").EnumerateObject())
            Near(vector.Value.GetDouble(), KolmogorovSmirnov.Limit(double.Parse(vector.Name, System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void The_smallest_probabilities_that_permutations_can_give()
    {
        var vector = Group("perm_min_p");
        foreach (var (name, n) in new[] { ("3v3", 3), ("4v4", 4), ("5v5", 5) })
        {
            var ranks = new RankSum([.. Enumerable.Range(0, n).Select(i => (double)i)], [.. Enumerable.Range(n, n).Select(i => (double)i)]);
            Near(vector.Number(name), ranks.P);
            Near(vector.Number(name), ranks.PermutationP());
        }

        double[] all = [.. Enumerable.Range(1, 12).Select(i => (double)i)];
        Near(vector.Number("signflip_k12"), SignFlip.P(all, 1));
        Near(vector.Number("signflip_k12"), new SignedRank(all).P(1));
    }

    [Fact]
    public void Beta_tails_at_ten_to_the_eighth()
    {
        var vector = Group("beta_tail_accuracy");
        Near(vector.Number("pbeta(.99999,99999000,1001)"), Distributions.Beta(99_999_000, 1001, 0.99999), 2e-7);
        Near(vector.Number("qbeta(.025,99999000,1001)"), Distributions.BetaQuantile(99_999_000, 1001, 0.025));
    }

    private static WelchTest? Welch(IEnumerable<(double[] Baseline, double[] Level)> groups) => WelchTest.Pooled(
        groups.Select(g => ((IReadOnlyCollection<double>)Array.ConvertAll(g.Level, Math.Log), (IReadOnlyCollection<double>)Array.ConvertAll(g.Baseline, Math.Log))));
}
