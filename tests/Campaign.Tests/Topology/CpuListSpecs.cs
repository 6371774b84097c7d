using Campaign.Topology;
using CsCheck;
using Xunit;

namespace Campaign.Tests.Topology;

public sealed class CpuListSpecs
{
    [Theory]
    [InlineData("", "")]
    [InlineData("0", "0")]
    [InlineData(" 8-10,24-26\n", "8-10,24-26")]
    [InlineData("3,1,2,2", "1-3")]
    [InlineData("0-1,3,5-5", "0-1,3,5")]
    public void Lists_of_the_kernel_are_read_and_written(string text, string canonical) =>
        Assert.Equal(canonical, CpuList.Format(CpuList.Parse(text)));

    [Theory]
    [InlineData("a")]
    [InlineData("1-")]
    [InlineData("3-1")]
    [InlineData("1-2-3")]
    [InlineData("-1")]
    [InlineData("1,,2")]
    [InlineData("0-4000000000")]
    [InlineData("0-99999")]
    public void What_is_no_list_is_refused(string text) => Assert.False(CpuList.TryParse(text, out _));

    [Fact]
    public void What_is_written_is_read_back() => Gen.Int[0, 300].Array[0, 40].Sample(cpus =>
        CpuList.Parse(CpuList.Format(cpus)).SequenceEqual(cpus.Distinct().Order()));
}
