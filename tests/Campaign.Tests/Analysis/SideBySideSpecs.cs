using Campaign.Analysis;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Reporting;
using Campaign.Storage;
using Campaign.Tests.Reporting;
using Xunit;

namespace Campaign.Tests.Analysis;

public sealed class SideBySideSpecs
{
    private static readonly StoredSweep Stored = new SampleSweep(repeats: 4) { Ends = SampleSweep.AllOk }.Build();

    [Fact]
    public void Choices_of_one_sweep_give_the_contrast_that_the_sweep_itself_gives()
    {
        var beside = SideBySide.Of(Side("isolation=true"), Side("isolation=false"));
        var own = Contrasts.Of("isolation", Value.Of(false), Value.Of(true), Analyst.Analyse(Stored).Cells, [], Stored.Sweep.Seed);

        var sides = Contrasts.Of(SideBySide.Axis, Value.Of("isolation=false"), Value.Of("isolation=true"), Analyst.Analyse(beside).Cells, [], beside.Sweep.Seed);

        Assert.Equal(own.Effects.Select(e => e?.Ratio.Ratio), sides.Effects.Select(e => e?.Ratio.Ratio));
        Assert.Equal(own.Effects.Select(e => e?.Interval), sides.Effects.Select(e => e?.Interval));
        Assert.Equal(["side", "rate", "neighbour"], beside.Sweep.Axes.Select(a => a.Name));
        Assert.Contains("They differ in isolation true and false.", beside.Sweep.Question, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_and_one_measured_afresh_are_matched_though_their_trials_have_the_same_ids()
    {
        var again = Stored with { Sweep = Stored.Sweep with { Id = Stored.Sweep.Id + "-2" } };

        var beside = SideBySide.Of(new ComparedSide(Stored, "", "first"), new ComparedSide(again, "", "second"));
        var analysis = Analyst.Analyse(beside);

        Assert.Equal(2 * Stored.Trials.Length, beside.Trials.Select(t => t.Header.Id).Distinct().Count());
        Assert.Equal(8, analysis.Comparisons.Single().Groups.Length);
        Assert.All(analysis.Contrasts.SelectMany(c => c.Effects).OfType<LevelEffect>(), e => Assert.Equal(1, e.Ratio.Ratio, 12));
        Assert.DoesNotContain(analysis.Contrasts.SelectMany(c => c.Effects).OfType<LevelEffect>(), e => e.IsDifferent);
    }

    [Fact]
    public void Levels_keep_the_order_of_the_axis_and_those_of_one_side_have_no_counterpart()
    {
        var beside = SideBySide.Of(new ComparedSide(Stored, "", "all"), Other("rate=2500", "slow"));
        var groups = Analyst.Analyse(beside).Comparisons.Single().Groups;

        Assert.Equal(Stored.Sweep.Axes[0].Values, beside.Sweep.Axes[1].Values);
        Assert.Equal(4, groups.Length);
    }

    [Fact]
    public void What_is_fixed_alike_is_said_once_and_is_no_axis()
    {
        var beside = SideBySide.Of(Side("isolation=true,neighbour=false"), Side("isolation=false,neighbour=false"));

        Assert.Equal(["side", "rate"], beside.Sweep.Axes.Select(a => a.Name));
        Assert.Contains("Both have neighbour false. They differ in isolation true and false.", beside.Sweep.Question, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("isolation=true", "isolation=true", 2, "Both sides hold the same trials.")]
    [InlineData("rate=2500", "isolation=true", 2, "Some trials are on both sides.")]
    [InlineData("kernel=rt", "", 2, "There is no axis 'kernel'")]
    public void Sides_that_cannot_be_held_against_each_other_are_refused(string baseline, string other, int code, string message)
    {
        var refused = Assert.Throws<CampaignException>(() => SideBySide.Of(Side(baseline), Side(other)));

        Assert.Equal(code, (int)refused.Code);
        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_axis_that_only_one_side_sweeps_must_be_fixed()
    {
        var smaller = new SampleSweep(repeats: 2) { Ends = SampleSweep.AllOk }.Build();
        smaller = smaller with
        {
            Sweep = smaller.Sweep with
            {
                Id = "other",
                Axes = [.. smaller.Sweep.Axes.Where(a => a.Name != "neighbour")],
                Trials = [.. smaller.Sweep.Trials.Where(t => t.Cell.Contains(KeyValuePair.Create("neighbour", Value.Of(true)))).Select(Bare)],
            },
            Trials = [.. smaller.Trials.Where(t => t.Header.Cell.Contains(KeyValuePair.Create("neighbour", Value.Of(true)))).Select(t => t with { Header = Bare(t.Header) })],
        };

        var refused = Assert.Throws<CampaignException>(() => SideBySide.Of(Side(""), new ComparedSide(smaller, "", "smaller")));
        var beside = SideBySide.Of(Side("neighbour=true"), new ComparedSide(smaller, "", "smaller"));

        Assert.Contains("has the axis neighbour, with false, true", refused.Message, StringComparison.Ordinal);
        Assert.Contains("They differ in neighbour true and not an axis.", beside.Sweep.Question, StringComparison.Ordinal);
        Assert.Equal(4, Analyst.Analyse(beside).Comparisons.Single().Groups.Length);
    }

    [Fact]
    public void An_axis_called_as_the_comparison_calls_its_own_is_refused()
    {
        var named = Stored with { Sweep = Stored.Sweep with { Axes = [.. Stored.Sweep.Axes.Select(a => a.Name == "neighbour" ? a with { Name = "side" } : a)] } };

        var refused = Assert.Throws<CampaignException>(() => SideBySide.Of(new ComparedSide(named, "isolation=true", "a"), new ComparedSide(named, "isolation=false", "b")));

        Assert.Contains("has an axis 'side'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Sides_of_different_origin_keep_their_own()
    {
        var simulated = Stored with { Sweep = Stored.Sweep with { Id = "made-up", Simulated = true } };
        var imported = Stored with { Sweep = Stored.Sweep with { Id = "others", Imported = new ImportRecord("/somewhere", "HVNet result sets", ["Loss is a difference."]) } };

        var beside = SideBySide.Of(new ComparedSide(simulated, "", "one"), new ComparedSide(imported, "", "two")).Sweep;
        var alike = SideBySide.Of(new ComparedSide(simulated, "isolation=true", "one"), new ComparedSide(simulated, "isolation=false", "two")).Sweep;

        Assert.Null(beside.Imported);
        Assert.Equal("Two origins.", Origin.Of(beside).What);
        Assert.Contains("one: Simulated. No packet was sent", Origin.Of(beside).Caution, StringComparison.Ordinal);
        Assert.Contains("two: Imported. HVNet result sets from /somewhere", Origin.Of(beside).Caution, StringComparison.Ordinal);
        Assert.Equal("Simulated.", Origin.Of(alike).What);
    }

    private static ComparedSide Side(string filter) => new(Stored, filter, filter);

    private static ComparedSide Other(string filter, string name) => new(Stored with { Sweep = Stored.Sweep with { Id = "other" } }, filter, name);

    private static TrialHeader Bare(TrialHeader trial) => trial with { Cell = [.. trial.Cell.Where(v => v.Key != "neighbour")] };
}
