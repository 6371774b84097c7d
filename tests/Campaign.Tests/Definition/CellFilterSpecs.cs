using System.Collections.Immutable;
using Campaign.Definition;
using Campaign.Diagnostics;
using Xunit;

namespace Campaign.Tests.Definition;

public sealed class CellFilterSpecs
{
    private static readonly ImmutableArray<Axis> Axes =
    [
        new("kernel", [Value.Of("nohz"), Value.Of("rt")], "", null, null, new SourceSpan("f")),
        new("rate", [Value.Of(10_000), Value.Of(1.52e6)], "pkt/s", null, null, new SourceSpan("f")),
    ];

    [Theory]
    [InlineData("kernel=rt", true)]
    [InlineData("kernel=nohz|rt", true)]
    [InlineData("kernel!=rt", false)]
    [InlineData("kernel=rt,rate>1e6", true)]
    [InlineData("rate=1.52M", true)]
    [InlineData("rate >= 1520k, rate < 2M", true)]
    [InlineData("rate<10k", false)]
    public void A_cell_matches_when_all_conditions_hold(string filter, bool matches) =>
        Assert.Equal(matches, CellFilter.Parse(filter, Axes).Matches(new Cell(["kernel", "rate"], [Value.Of("rt"), Value.Of(1.52e6)])));

    [Theory]
    [InlineData("kernle=rt", "There is no axis 'kernle'; did you mean 'kernel'?.")]
    [InlineData("kernel=xt", "The axis 'kernel' has no value 'xt'; it has nohz, rt.")]
    [InlineData("rate>fast", "'fast' is no number to compare 'rate' with.")]
    [InlineData("kernel", "'kernel' is no condition on an axis.")]
    [InlineData("", "'' is no condition on an axis.")]
    public void A_mistake_says_what_there_is(string filter, string message) =>
        Assert.Equal(message.Replace("?.", "?", StringComparison.Ordinal), Assert.Throws<CampaignException>(() => CellFilter.Parse(filter, Axes)).Message.Replace("?.", "?", StringComparison.Ordinal));
}
