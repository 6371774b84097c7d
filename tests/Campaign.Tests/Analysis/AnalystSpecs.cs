using System.Collections.Immutable;
using Campaign.Analysis;
using Campaign.Conducting;
using Campaign.Tests.Reporting;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class AnalystSpecs
{
    private static readonly SweepAnalysis Sample = Analyst.Analyse(new SampleSweep().Build());

    [Fact]
    public void Cells_are_in_the_order_of_the_axes_whatever_the_order_of_execution()
    {
        var stored = new SampleSweep().Build();
        var shuffled = stored with { Sweep = stored.Sweep with { Trials = [.. stored.Sweep.Trials.OrderBy(t => t.Id, StringComparer.Ordinal)] } };

        Assert.Equal(Names(Analyst.Analyse(stored)), Names(Analyst.Analyse(shuffled)));
        Assert.Equal("rate 2.5 kpkt/s, isolation true, neighbour true", Names(Sample)[1]);

        ImmutableArray<string> Names(SweepAnalysis analysis) => [.. analysis.Cells.Select(c => new ValueLabel(stored.Sweep.Axes).Of(c.Values))];
    }

    [Fact]
    public void Invalid_and_failed_trials_go_into_no_figure_and_degraded_ones_do()
    {
        Assert.Equal(3, CellWith(TrialState.Degraded)[Measure.P50].Spread!.Repeats);
        Assert.Equal(2, CellWith(TrialState.Invalid)[Measure.P50].Spread!.Repeats);
        Assert.Equal(2, CellWith(TrialState.Failed)[Measure.P50].Spread!.Repeats);
    }

    [Fact]
    public void A_figure_is_the_median_of_the_repeats_with_their_range()
    {
        var cell = Sample.Cells[0];
        double[] repeats = [.. cell.Counted.Select(t => (double)t.Evaluation!.Latencies.Percentile(0.99)).Order()];

        var spread = cell.Figures.Single(f => f.Measure.Name == "p99").Spread!;
        Assert.Equal((repeats[1], repeats[0], repeats[2], 3), (spread.Median, spread.Low, spread.High, spread.Repeats));
        Assert.Equal(repeats, spread.Values.Order());
    }

    [Fact]
    public void A_percentile_without_enough_packets_is_not_stated_and_says_why()
    {
        var figure = Sample.Cells[0].Figures.Single(f => f.Measure.Name == "p99.99");

        Assert.Null(figure.Spread);
        Assert.Equal("p99.99 is not stated: 5000 packets; it needs at least 29956 for an upper confidence bound.", figure.Withheld);
    }

    [Fact]
    public void What_was_not_measured_is_missing()
    {
        var stored = new SampleSweep().Build();
        var analysis = Analyst.Analyse(stored with { Trials = [.. stored.Trials.Skip(4)] });

        Assert.Equal([3, 1, 0], analysis.Cells.Take(3).Select(c => c.Missing));
        Assert.Equal("No trial of this cell counts.", analysis.Cells[0][Measure.P50].Withheld);
        Assert.Contains(analysis.Findings, f => f is { Kind: FindingKind.Problem, Text: "4 of 24 trials are missing: not measured yet, or in another shard; 1 cell without any." });
    }

    [Fact]
    public void A_sweep_without_any_trial_says_so()
    {
        var stored = new SampleSweep().Build();
        var analysis = Analyst.Analyse(stored with { Trials = [] });

        Assert.DoesNotContain(analysis.Findings, f => f.Kind is FindingKind.Unknown or FindingKind.Result);
    }

    private static CellAnalysis CellWith(TrialState state) => Sample.Cells.Single(c => c.CountOf(state) == 1);
}
