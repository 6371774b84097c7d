using Campaign.Definition;
using Campaign.Diagnostics;
using Xunit;

namespace Campaign.Tests.Testbeds;

public sealed class TestbedDriverSpecs
{
    [Theory]
    [InlineData("ssh")]
    [InlineData("pos")]
    public void A_driver_that_this_version_lacks_is_said_with_those_it_has(string driver)
    {
        using var scene = new Scene(driver);
        var missing = Assert.Throws<CampaignException>(scene.Open);
        Assert.Equal(ExitCode.Testbed, missing.Code);
        Assert.Equal($"The testbed 'here' wants the driver '{driver}', which this version does not have. It has dry, local and virtual.", missing.Message);
        Assert.Contains("--testbed local", missing.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void All_mistakes_in_the_options_are_reported_together()
    {
        using var scene = new Scene("dry", ("simulate", Value.Of("yes")), ("faults", Value.Of(2.0)), ("speed", Value.Of(1)));
        var wrong = Assert.Throws<CampaignException>(scene.Open);
        Assert.Equal(ExitCode.Definition, wrong.Code);
        Assert.Equal(
            [
                "The option 'simulate' must be true or false, but is \"yes\".",
                "The option 'faults' must be a number from 0 to 1, but is 2.",
                "The driver 'dry' has no option 'speed'. It has drift, faults, packets, seed, simulate.",
            ],
            wrong.Diagnostics.Select(d => d.Message));
    }
}
