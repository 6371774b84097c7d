using System.Globalization;
using Campaign.Definition;
using Campaign.Diagnostics;
using Campaign.Planning;
using Campaign.Units;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Planning;

public sealed class PlannerSpecs
{
    private static readonly Axis Kernel = Define.Axis("kernel", "nohz", "rt");
    private static readonly Axis Os = Define.Axis("os", "bookworm", "trixie");
    private static readonly Axis Rate = Define.Axis("rate", 1000, 5000);

    [Fact]
    public void Cells_are_the_cross_product_and_the_last_axis_runs_fastest() => Assert.Equal(
        ["kernel=nohz,rate=1000", "kernel=nohz,rate=5000", "kernel=rt,rate=1000", "kernel=rt,rate=5000"],
        Cells(Define.Campaign(Kernel, Rate)));

    [Fact]
    public void Every_combination_appears_exactly_once() => Grids.Campaigns.Sample(definition =>
    {
        var cells = Cells(definition).ToArray();
        return cells.Length == definition.Axes.Aggregate(1, (n, axis) => n * axis.Values.Length) && cells.Distinct().Count() == cells.Length;
    }, iter: 200);

    [Fact]
    public void A_campaign_without_axes_has_one_cell() => Assert.Equal([""], Cells(Define.Campaign()));

    [Fact]
    public void Zipped_axes_move_together_even_around_another_axis() => Assert.Equal(
        ["kernel=nohz,rate=1000,os=bookworm", "kernel=nohz,rate=5000,os=bookworm", "kernel=rt,rate=1000,os=trixie", "kernel=rt,rate=5000,os=trixie"],
        Cells(Define.Campaign(Kernel, Rate, Os) with { Zips = [["kernel", "os"]] }));

    [Fact]
    public void A_combination_to_which_an_axis_does_not_apply_appears_once() => Assert.Equal(
        ["kernel=nohz", "kernel=rt,rate=1000", "kernel=rt,rate=5000"],
        Cells(Define.Campaign(Kernel, Rate with { Only = c => c["kernel"].ToString() == "rt" })));

    [Fact]
    public void A_zipped_axis_leads_where_the_one_before_it_does_not_apply() => Assert.Equal(
        ["rate=1000,os=bookworm", "rate=1000,os=trixie", "rate=5000,kernel=nohz,os=bookworm", "rate=5000,kernel=rt,os=trixie"],
        Cells(Define.Campaign(Rate, Kernel with { Only = c => c["rate"] == Value.Of(5000) }, Os) with { Zips = [["kernel", "os"]] }));

    [Fact]
    public void A_condition_sees_only_the_axes_that_are_declared_before() => Assert.Equal(
        ["kernel=nohz,os=bookworm", "kernel=nohz,os=trixie", "kernel=rt,os=bookworm", "kernel=rt,os=trixie"],
        Cells(Define.Campaign(Kernel with { Only = c => c["os"] is Value.Nil }, Os)));

    [Fact]
    public void A_derived_value_sees_the_axes_and_the_derived_values_before_it()
    {
        var plan = Planner.Plan(Define.Campaign(Rate) with
        {
            Derived =
            [
                new DerivedValue("double", c => Value.Of(2 * ((Value.Integer)c["rate"]).Content), default),
                new DerivedValue("text", c => Value.Of($"{c["rate"]}→{c["double"]}"), default),
            ],
        });

        Assert.Equal(["1000→2000", "5000→10000"], plan.Cells.Select(c => c["text"].ToString()));
    }

    [Fact]
    public void Only_the_first_exclusion_that_removes_a_cell_counts_it()
    {
        var plan = Planner.Plan(Define.Campaign(Kernel, Rate) with
        {
            Exclusions = [Exclude(c => c["kernel"].ToString() == "rt", "first"), Exclude(c => c["rate"] == Value.Of(1000), "second")],
        });

        Assert.Equal([2, 1], plan.Excluded.Select(e => e.Count));
        Assert.Equal(["kernel=rt,rate=1000", "kernel=rt,rate=5000"], plan.Excluded[0].Examples);
        Assert.Equal("kernel=nohz,rate=5000", Assert.Single(plan.Cells).ToString());
    }

    [Fact]
    public void Exclusions_that_leave_nothing_are_an_error_that_names_the_rules_at_fault()
    {
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(Define.Campaign(Kernel) with
        {
            Exclusions = [Exclude(c => c["kernel"].ToString() == "rt", "too new"), Exclude(_ => false, "harmless"), Exclude(_ => true, "everything")],
        }));

        Assert.Equal(ExitCode.Definition, error.Code);
        Assert.Equal(
            """
            campaigns/sweeps/base.lua(9,1): error: The exclusions leave nothing to measure; this one removes 1 of 2 combinations ('too new').
            campaigns/sweeps/base.lua(9,1): error: The exclusions leave nothing to measure; this one removes 1 of 2 combinations ('everything').
            """,
            error.Message);
    }

    [Fact]
    public void A_mistake_that_many_cells_make_is_told_once_with_the_first_cell()
    {
        var where = new SourceSpan(Define.File, 14);
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(Define.Campaign(Kernel, Rate) with
        {
            Boot = _ => throw new CampaignException([new Diagnostic(DiagnosticSeverity.Error, where, "There is no template 'x'.")]),
        }));

        Assert.Equal("campaigns/sweeps/base.lua(14,1): error: There is no template 'x'. (cell kernel=nohz,rate=1000 and 3 more)", error.Message);
    }

    [Fact]
    public void An_axis_with_a_value_twice_is_refused()
    {
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(Define.Campaign(Define.Axis("rate", 1000, 1e3))));
        Assert.Contains("Axis 'rate' has the value 1000 more than once.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_grid_without_bounds_is_refused_before_it_fills_the_memory()
    {
        var axes = Enumerable.Range(0, 12).Select(i => Define.Axis($"a{i}", [.. Enumerable.Range(0, 10).Cast<object>()]));
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(Define.Campaign([.. axes])));
        Assert.Contains("more than 1000000 combinations", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_many_repeats_are_refused()
    {
        var error = Assert.Throws<CampaignException>(() => Planner.Plan(Define.Campaign(Kernel) with { Repeats = int.MaxValue }));
        Assert.Contains("at most 2000000 are planned", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_definition_gives_the_same_plan_byte_for_byte()
    {
        static CampaignDefinition Fresh() => Define.Campaign(Kernel, Os, Rate) with { Repeats = 4, Boot = Define.BootByAxes };
        Assert.Equal(PlanJson.Write(Planner.Plan(Fresh())), PlanJson.Write(Planner.Plan(Fresh())));
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_culture_of_the_machine()
    {
        var definition = Define.Campaign(Define.Axis("rate", 1520000, 0.5)) with { Repeats = 2 };
        var here = (PlanJson.Write(Planner.Plan(definition)), PlanText.Write(Planner.Plan(definition)));
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("de-DE");
            Assert.Equal(here, (PlanJson.Write(Planner.Plan(definition)), PlanText.Write(Planner.Plan(definition))));
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Another_seed_gives_another_order_of_the_same_trials()
    {
        var definition = Define.Campaign(Kernel, Os, Rate) with { Repeats = 3 };
        var (one, two) = (Planner.Plan(definition with { Seed = 1 }), Planner.Plan(definition with { Seed = 2 }));

        Assert.NotEqual(one.Trials.Select(t => t.Id), two.Trials.Select(t => t.Id));
        Assert.Equal(one.Trials.Select(t => t.Id).Order(), two.Trials.Select(t => t.Id).Order());
        Assert.NotEqual(one.Identity, two.Identity);
    }

    [Fact]
    public void Titles_units_and_help_do_not_change_the_identity_but_parameters_and_code_do()
    {
        var definition = Define.Campaign(Kernel, Rate);
        var identity = Planner.Plan(definition).Identity;
        var cosmetic = definition with
        {
            Title = "Another",
            Question = "Why?",
            Axes = [Kernel with { Unit = "x" }, Rate],
            Parameters = [definition.Parameters[0] with { Help = "else" }],
        };

        Assert.Equal(identity, Planner.Plan(cosmetic).Identity);
        Assert.NotEqual(identity, Planner.Plan(definition with { Parameters = [] }).Identity);
        Assert.NotEqual(identity, Planner.Plan(definition with { Code = Digest.Of("other") }).Identity);
    }

    [Fact]
    public void The_estimate_is_traffic_and_overhead_per_trial_and_boots()
    {
        var plan = Planner.Plan(Define.Campaign(Kernel, Rate) with { Repeats = 3, Boot = Define.BootByAxes });

        Assert.Equal(4, plan.Boots);
        Assert.Equal(new PlanEstimate(TimeSpan.FromSeconds(120), TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(360)), plan.Estimate);
    }

    [Fact]
    public void Planning_allocates_a_few_hundred_bytes_per_trial_at_most()
    {
        var definition = Define.Campaign([.. Enumerable.Range(0, 4).Select(i => Define.Axis($"a{i}", [.. Enumerable.Range(0, 10).Cast<object>()]))]) with { Repeats = 3 };
        Planner.Plan(definition);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = Planner.Plan(definition);
        var perTrial = (GC.GetAllocatedBytesForCurrentThread() - before) / plan.Trials.Length;

        Assert.Equal(30_000, plan.Trials.Length);
        Assert.InRange(perTrial, 0, 500);
    }

    private static IEnumerable<string> Cells(CampaignDefinition definition) => Planner.Plan(definition).Cells.Select(c => c.ToString());

    private static Exclusion Exclude(Func<Cell, bool> excludes, string reason) => new(excludes, reason, new SourceSpan(Define.File, 9));
}
