using Campaign.Analysis;
using Campaign.Analysis.Statistics;
using Campaign.Definition;
using Campaign.Units;
using Xunit;

namespace Campaign.Tests.Analysis;

/// <summary>How often two equal levels are called different.</summary>
public sealed class FalseAlarmSpecs
{
    private const int Campaigns = 1000;

    // Standard deviation of ln p99.999 between runs: median of published data; a tenth of the runs vary as the worst tenth of them does.
    private const double Usual = 0.046;
    private const double Bad = 0.75;

    [Theory]
    [InlineData(12)]
    [InlineData(6)]
    [InlineData(4)]
    [InlineData(2)]
    public void In_simulated_campaigns_with_drift_at_most_six_per_cent_at_every_percentile(int cells)
    {
        var (random, different) = (new SeededRandom(20260301 + cells), new int[Measure.Compared.Length]);
        for (var campaign = 0; campaign < Campaigns; campaign++)
        {
            var contrast = Contrasts.Adjusted([new Contrast("kernel", Value.Of("b"), Value.Of("a"), [], Effects(Simulate(random, cells), campaign))])[0];
            foreach (var (at, effect) in contrast.Effects.Index())
                different[at] += effect!.IsDifferent ? 1 : 0;
        }

        Assert.All(different, d => Assert.InRange((double)d / Campaigns, 0, 0.06));
    }

    private static System.Collections.Immutable.ImmutableArray<LevelEffect?> Effects((double[] A, double[] B)[][] figures, long seed) =>
        [.. Measure.Compared.Zip(figures, (m, f) => new LevelEffect(m, MatchedRatio.Of(f.Select(c => (c.A, c.B)), seed)!))];

    // Blocks of all trials in random order; the machine drifts by a random walk and by a trend that goes on from block to block. For each figure, cells with three repeats a side.
    private static (double[] A, double[] B)[][] Simulate(SeededRandom random, int cells)
    {
        const int Repeats = 3;
        var figures = Measure.Compared.Select(_ => Enumerable.Range(0, cells).Select(_ => (new double[Repeats], new double[Repeats])).ToArray()).ToArray();
        var (drift, trend) = (0.0, 0.02 * Normal(random) / cells);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            int[] order = [.. Enumerable.Range(0, 2 * cells)];
            random.Shuffle<int>(order);
            foreach (var trial in order)
            {
                drift += trend + (0.01 * Normal(random));
                var (shared, spread) = (Normal(random), random.Below(10) == 0 ? Bad : Usual);
                foreach (var cell in figures)
                {
                    // Figures of one run go together: a bad run is bad at every percentile.
                    var value = Math.Exp(11 + drift + (spread * ((0.8 * shared) + (0.6 * Normal(random)))));
                    (trial % 2 == 0 ? cell[trial / 2].Item1 : cell[trial / 2].Item2)[repeat] = value;
                }
            }
        }

        return figures;
    }

    private static double Normal(SeededRandom random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
