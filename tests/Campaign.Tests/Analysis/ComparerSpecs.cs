using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Tests.Reporting;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class ComparerSpecs
{
    private static readonly SweepAnalysis Sample = Analyst.Analyse(new SampleSweep().Build());

    [Fact]
    public void Matched_groups_differ_in_the_compared_axis_only()
    {
        var comparison = Sample.Comparisons.Single(c => c.Axis == "isolation");

        Assert.Equal(4, comparison.Groups.Length);
        Assert.All(comparison.Groups, group =>
        {
            Assert.Equal(["rate", "neighbour"], group.Shared.Select(v => v.Key));
            Assert.Equal([Value.Of(true), Value.Of(false)], group.Cells.Select(c => c.Key));
            Assert.All(group.Cells, c => Assert.Equal(group.Shared, c.Value.Values.Where(v => v.Key != "isolation")));
        });
    }

    [Fact]
    public void The_baseline_is_the_campaigns_or_the_first_level()
    {
        Assert.Equal(Value.Of(false), Sample.Comparisons.Single(c => c.Axis == "neighbour").Baseline);
        Assert.Equal(Value.Of(true), Sample.Comparisons.Single(c => c.Axis == "isolation").Baseline);
    }

    [Fact]
    public void Without_a_wish_every_axis_with_more_than_one_level_is_compared()
    {
        var stored = new SampleSweep(rates: 1).Build();
        var all = Analyst.Analyse(stored with { Sweep = stored.Sweep with { Report = new ReportOptions() } });

        Assert.Equal(["isolation", "neighbour"], all.Comparisons.Select(c => c.Axis));
    }

    [Fact]
    public void Ratios_are_those_of_the_contrast_and_apart_means_that_ranges_share_no_value()
    {
        var level = Sample.Comparisons.Single(c => c.Axis == "isolation").Levels.Single();
        var p99 = level.Measures.Single(m => m.Measure.Name == "p99");
        var ratio = p99.Ratios[0];

        Assert.Equal(ratio.Level.Values.Average(Math.Log) - ratio.Baseline.Values.Average(Math.Log), Math.Log(ratio.Ratio), 12);
        Assert.Contains(Sample.Contrasts.SelectMany(c => c.Pairs), p => p.Ratio(p99.Measure) is { } same && Math.Abs(same - ratio.Ratio) < 1e-12);
        Assert.All(p99.Ratios, r => Assert.Equal(r.Level.Low > r.Baseline.High || r.Level.High < r.Baseline.Low, r.IsApart));
        Assert.Equal(4, p99.Ratios.Count(r => r.Ratio > 1));
        Assert.Empty(level.Measures.Single(m => m.Measure.Name == "p99.99").Ratios);
    }

    [Fact]
    public void Single_runs_are_called_descriptive_and_are_never_apart()
    {
        var analysis = Analyst.Analyse(new SampleSweep(repeats: 1) { Ends = SampleSweep.AllOk }.Build());
        var measure = analysis.Comparisons[0].Levels[0].Measures[0];

        Assert.DoesNotContain(measure.Ratios, r => r.IsApart);
        Assert.Contains("single run – descriptive only, no interval", ContrastFindings.Sentence(new ValueLabel([]), analysis.Contrasts[0]), StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_that_never_changes_alone_is_said_not_to_be_comparable()
    {
        var stored = new SampleSweep(rates: 1).Build();
        var zipped = stored with
        {
            Sweep = stored.Sweep with { Trials = [.. stored.Sweep.Trials.Where(t => t.Cell[1].Value != t.Cell[2].Value)] },
            Trials = [.. stored.Trials.Where(t => t.Header.Cell[1].Value != t.Header.Cell[2].Value)],
        };

        Assert.Contains(Analyst.Analyse(zipped).Findings, f => f.Text == "The levels of isolation cannot be compared: no two cells differ in isolation only.");
    }
}
